package io.osmj.xds.render;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.Authorization.Grant;
import io.osmj.core.policy.HttpMatch;
import java.util.List;
import java.util.TreeMap;

/**
 * Grants as Envoy's role-based access control. A policy of Envoy's is one grant: these peers, these requests. Grants add up,
 * whichever order they stand in; OSM made routes of them and the first route that matched hid the others.
 */
final class Rbac {
    /** The filter for peers, and for the own application on its way out. A route table names what each filter allows by its name. */
    static final String MESH = "envoy.filters.http.rbac";

    /** The filter for callers from outside the mesh. */
    static final String INGRESS = "ingress";

    /** The filter for those and for peers, where they cannot be told apart before a certificate is seen. */
    static final String INGRESS_AND_MESH = "ingress-and-mesh";

    private Rbac() {}

    /** The filter on its own allows nothing; the route table says what is allowed. */
    static HttpFilter httpFilter(String name) {
        return Proto.httpFilter(
                name,
                io.envoyproxy
                        .envoy
                        .extensions
                        .filters
                        .http
                        .rbac
                        .v3
                        .RBAC
                        .newBuilder()
                        .setRules(rules(List.of()))
                        .build());
    }

    static RBACPerRoute perRoute(Authorization authorization) {
        return perRoute(
                switch (authorization) {
                    case Authorization.AnyMeshPeer _ -> anyMeshPeer();
                    case Authorization.Granted(List<Grant> grants) -> rules(grants);
                });
    }

    /** These requests, whoever sends them: on the way out it is the pod's own application. */
    static RBACPerRoute perRoute(List<HttpMatch> requests) {
        Policy.Builder policy =
                Policy.newBuilder().addPrincipals(Principal.newBuilder().setAny(true));
        requests.forEach(request -> policy.addPermissions(permission(request)));
        return perRoute(RBAC.newBuilder()
                .setAction(RBAC.Action.ALLOW)
                .putPolicies("egress", policy.build())
                .build());
    }

    static RBACPerRoute perRoute(RBAC rules) {
        return RBACPerRoute.newBuilder()
                .setRbac(io.envoyproxy
                        .envoy
                        .extensions
                        .filters
                        .http
                        .rbac
                        .v3
                        .RBAC
                        .newBuilder()
                        .setRules(rules))
                .build();
    }

    static Filter networkFilter(String statPrefix, List<Grant> grants) {
        return Proto.filter(
                "envoy.filters.network.rbac",
                io.envoyproxy
                        .envoy
                        .extensions
                        .filters
                        .network
                        .rbac
                        .v3
                        .RBAC
                        .newBuilder()
                        .setStatPrefix(statPrefix + ".")
                        .setRules(rules(grants))
                        .build());
    }

    static List<SpiffeId> peers(List<Grant> grants) {
        return grants.stream()
                .flatMap(grant -> grant.peers().stream())
                .sorted()
                .distinct()
                .toList();
    }

    private static RBAC anyMeshPeer() {
        Policy everyone = Policy.newBuilder()
                .addPermissions(Permission.newBuilder().setAny(true))
                .addPrincipals(Principal.newBuilder().setAuthenticated(Principal.Authenticated.getDefaultInstance()))
                .build();
        return RBAC.newBuilder()
                .setAction(RBAC.Action.ALLOW)
                .putPolicies("permissive mode", everyone)
                .build();
    }

    static RBAC rules(List<Grant> grants) {
        TreeMap<String, Policy> policies = new TreeMap<>();
        grants.forEach(grant -> policies.put(grant.origin(), policy(grant)));
        RBAC.Builder rules = RBAC.newBuilder().setAction(RBAC.Action.ALLOW);
        policies.forEach(rules::putPolicies);
        return rules.build();
    }

    private static Policy policy(Grant grant) {
        Policy.Builder policy = Policy.newBuilder();
        grant.peers()
                .forEach(peer -> policy.addPrincipals(Principal.newBuilder()
                        .setAuthenticated(
                                Principal.Authenticated.newBuilder().setPrincipalName(Proto.exactly(peer.uri())))));
        if (grant.requests().isEmpty()) {
            policy.addPermissions(Permission.newBuilder().setAny(true));
        }
        grant.requests().forEach(request -> policy.addPermissions(permission(request)));
        return policy.build();
    }

    private static Permission permission(HttpMatch match) {
        if (match.any()) {
            return Permission.newBuilder().setAny(true).build();
        }
        Permission.Set.Builder all = Permission.Set.newBuilder();
        if (!match.pathRegex().isEmpty()) {
            all.addRules(Permission.newBuilder()
                    .setUrlPath(PathMatcher.newBuilder().setPath(Proto.wholly(match.pathRegex()))));
        }
        if (!match.methods().isEmpty()) {
            Permission.Set.Builder any = Permission.Set.newBuilder();
            match.methods().forEach(method -> any.addRules(header(":method", Proto.exactly(method))));
            all.addRules(Permission.newBuilder().setOrRules(any));
        }
        match.values().forEach((name, regex) -> all.addRules(header(headerName(name), Proto.wholly(regex))));
        return Permission.newBuilder().setAndRules(all).build();
    }

    /** SMI speaks of the host header; HTTP/2 and Envoy call it the authority. */
    private static String headerName(String name) {
        return name.equals("host") ? ":authority" : name;
    }

    private static Permission header(String name, io.envoyproxy.envoy.type.matcher.v3.StringMatcher value) {
        return Permission.newBuilder()
                .setHeader(HeaderMatcher.newBuilder().setName(name).setStringMatch(value))
                .build();
    }
}
