package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The custom kinds that the mesh reads, in the versions it reads them. */
enum CustomKind {
    MESH_CONFIG("config.openservicemesh.io", "v1alpha2", "MeshConfig", "meshconfigs"),
    TRAFFIC_TARGET("access.smi-spec.io", "v1alpha3", "TrafficTarget", "traffictargets"),
    HTTP_ROUTE_GROUP("specs.smi-spec.io", "v1alpha4", "HTTPRouteGroup", "httproutegroups"),
    TCP_ROUTE("specs.smi-spec.io", "v1alpha4", "TCPRoute", "tcproutes"),
    TRAFFIC_SPLIT("split.smi-spec.io", "v1alpha2", "TrafficSplit", "trafficsplits"),
    INGRESS_BACKEND("policy.openservicemesh.io", "v1alpha1", "IngressBackend", "ingressbackends"),
    EGRESS("policy.openservicemesh.io", "v1alpha1", "Egress", "egresses"),
    RETRY("policy.openservicemesh.io", "v1alpha1", "Retry", "retries"),
    UPSTREAM_TRAFFIC_SETTING(
            "policy.openservicemesh.io", "v1alpha1", "UpstreamTrafficSetting", "upstreamtrafficsettings");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    CustomKind(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    String kind() {
        return kind;
    }

    /** The name of the CustomResourceDefinition. */
    String definition() {
        return plural + "." + group;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
