package io.osmj.injector.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The names of what the mesh puts into a pod. */
public final class SidecarParts {
    /** The container that sends the pod's traffic to the sidecar, before anything else of the pod runs. */
    public static final String INIT_CONTAINER = "osm-init";

    /** The sidecar. */
    public static final String SIDECAR = "envoy";

    /** Both. */
    public static final List<String> CONTAINERS = List.of(INIT_CONTAINER, SIDECAR);

    /** The volume with the token that the sidecar shows to the control plane. */
    public static final String TOKEN_VOLUME = "osm-token";

    /** The volume with the rules for iptables-restore. */
    public static final String RULES_VOLUME = "osm-rules";

    /** Both. */
    public static final List<String> VOLUMES = List.of(TOKEN_VOLUME, RULES_VOLUME);

    /** User and group id of the sidecar, by which the rules tell its connections from the application's. */
    public static final int USER = 1500;

    private SidecarParts() {}

    /** Whether the pod already went through an injection: again after another webhook, or as a copy of a running pod. */
    public static boolean injected(Pod pod) {
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.path("name").asText().equals(TOKEN_VOLUME)) {
                return true;
            }
        }
        return false;
    }
}
