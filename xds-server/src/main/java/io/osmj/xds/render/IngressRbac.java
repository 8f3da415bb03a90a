package io.osmj.xds.render;

import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.osmj.core.plan.Authorization;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.IngressProtocol;
import java.util.List;

/** Who may come from outside the mesh, as Envoy's role-based access control: one policy for each backend of an object. */
final class IngressRbac {
    /** Every id of the mesh begins like this, and what a caller says who showed no certificate is empty. */
    private static final StringMatcher ANY_ID =
            StringMatcher.newBuilder().setPrefix("spiffe://").build();

    private IngressRbac() {}

    static RBACPerRoute perRoute(List<Ingress> all) {
        return Rbac.perRoute(rules(all, RBAC.newBuilder().setAction(RBAC.Action.ALLOW)));
    }

    /** Whoever comes from outside the mesh, and peers as the mesh has it. */
    static RBACPerRoute perRoute(List<Ingress> all, Authorization peers) {
        return Rbac.perRoute(rules(
                all,
                switch (peers) {
                    case Authorization.AnyMeshPeer _ ->
                        RBAC.newBuilder()
                                .setAction(RBAC.Action.ALLOW)
                                .putPolicies(
                                        "permissive mode",
                                        Policy.newBuilder()
                                                .addPermissions(anything())
                                                .addPrincipals(certificate(ANY_ID))
                                                .build());
                    case Authorization.Granted(List<Authorization.Grant> grants) -> Rbac.rules(grants).toBuilder();
                }));
    }

    private static RBAC rules(List<Ingress> all, RBAC.Builder rules) {
        all.forEach(ingress -> rules.putPolicies(ingress.label(), policy(ingress)));
        return rules.build();
    }

    private static Policy policy(Ingress ingress) {
        Principal.Set.Builder who = Principal.Set.newBuilder().addIds(comingFrom(ingress));
        if (ingress.protocol() == IngressProtocol.MUTUAL_HTTPS) {
            Principal.Set.Builder clients = Principal.Set.newBuilder();
            ingress.clients().forEach(client -> clients.addIds(certificate(Proto.exactly(client.uri()))));
            who.addIds(Principal.newBuilder().setOrIds(clients));
        }
        Policy.Builder policy =
                Policy.newBuilder().addPrincipals(Principal.newBuilder().setAndIds(who));
        if (ingress.serverNames().isEmpty()) {
            policy.addPermissions(anything());
        }
        ingress.serverNames()
                .forEach(name ->
                        policy.addPermissions(Permission.newBuilder().setRequestedServerName(serverName(name))));
        return policy.build();
    }

    /** The address at the other end of the connection, whatever headers say. */
    private static Principal comingFrom(Ingress ingress) {
        Principal.Set.Builder from = Principal.Set.newBuilder();
        ingress.from().forEach(range -> from.addIds(Principal.newBuilder().setDirectRemoteIp(Proto.range(range))));
        return Principal.newBuilder().setOrIds(from).build();
    }

    private static Principal certificate(StringMatcher id) {
        return Principal.newBuilder()
                .setAuthenticated(Principal.Authenticated.newBuilder().setPrincipalName(id))
                .build();
    }

    private static Permission anything() {
        return Permission.newBuilder().setAny(true).build();
    }

    private static StringMatcher serverName(String name) {
        StringMatcher.Builder matcher = StringMatcher.newBuilder().setIgnoreCase(true);
        return (name.startsWith("*.") ? matcher.setSuffix(name.substring(1)) : matcher.setExact(name)).build();
    }
}
