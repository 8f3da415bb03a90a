package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.ControlPlane;
import io.osmj.injector.bootstrap.SidecarBootstrap;
import io.osmj.injector.pod.SidecarParts;

/** The two volumes of an injected pod. */
final class Volumes {
    private static final int TOKEN_SECONDS = 3600;
    private static final int MODE = 0644;

    private Volumes() {}

    /** A token of the pod's service account that only the control plane of the mesh accepts. */
    static ObjectNode token() {
        ObjectNode volume = JsonNodeFactory.instance.objectNode().put("name", SidecarParts.TOKEN_VOLUME);
        ObjectNode projected = volume.putObject("projected").put("defaultMode", MODE);
        projected
                .putArray("sources")
                .addObject()
                .putObject("serviceAccountToken")
                .put("audience", ControlPlane.TOKEN_AUDIENCE)
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", SidecarBootstrap.TOKEN_NAME);
        return volume;
    }

    /** The interception rules, as the pod's own annotation holds them. */
    static ObjectNode rules() {
        ObjectNode volume = JsonNodeFactory.instance.objectNode().put("name", SidecarParts.RULES_VOLUME);
        ObjectNode downward = volume.putObject("downwardAPI").put("defaultMode", MODE);
        downward.putArray("items")
                .addObject()
                .put("path", InitContainer.FILE)
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.annotations['" + Annotations.INTERCEPTION_RULES + "']");
        return volume;
    }
}
