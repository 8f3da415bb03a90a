package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.injector.pod.SidecarParts;
import io.osmj.injector.request.InjectionRequest;

/**
 * The container that loads the interception rules and ends. It runs one program on one file; there is no shell that words
 * of a user could reach.
 */
final class InitContainer {
    private static final String FOLDER = "/etc/osm";

    /** The name of the rules' file in its volume. */
    static final String FILE = "rules";

    private InitContainer() {}

    static ObjectNode of(InjectionRequest request) {
        String image = request.settings().sidecar().initContainerImage();
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        container
                .put("name", SidecarParts.INIT_CONTAINER)
                .put("image", image.isEmpty() ? request.mesh().initImage() : image)
                .put("imagePullPolicy", request.mesh().imagePullPolicy());
        // The number after --wait must be there: the program would take the file's name for it, and load nothing.
        container
                .putArray("command")
                .add("/usr/sbin/iptables-restore")
                .add("--wait")
                .add("5")
                .add("--noflush")
                .add(FOLDER + "/" + FILE);
        // The legacy program locks a file below /run, which is read-only here; the other one needs no lock.
        container.putArray("env").addObject().put("name", "XTABLES_LOCKFILE").put("value", "/dev/null");
        ObjectNode resources = container.putObject("resources");
        resources.putObject("limits").put("cpu", "100m").put("memory", "64Mi");
        resources.putObject("requests").put("cpu", "10m").put("memory", "16Mi");
        container.set(
                "securityContext", securityContext(request.settings().sidecar().privilegedInitContainer()));
        container.put("terminationMessagePolicy", "FallbackToLogsOnError");
        container
                .putArray("volumeMounts")
                .addObject()
                .put("mountPath", FOLDER)
                .put("name", SidecarParts.RULES_VOLUME)
                .put("readOnly", true);
        return container;
    }

    private static ObjectNode securityContext(boolean privileged) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("runAsUser", 0)
                .put("runAsGroup", 0)
                .put("runAsNonRoot", false)
                .put("privileged", privileged)
                .put("allowPrivilegeEscalation", privileged)
                .put("readOnlyRootFilesystem", true);
        ObjectNode capabilities = context.putObject("capabilities");
        capabilities.putArray("add").add("NET_ADMIN").add("NET_RAW");
        capabilities.putArray("drop").add("ALL");
        context.putObject("seccompProfile").put("type", "RuntimeDefault");
        return context;
    }
}
