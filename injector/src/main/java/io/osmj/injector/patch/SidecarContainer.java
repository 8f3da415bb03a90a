package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.names.Ports;
import io.osmj.core.settings.Resources;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.injector.bootstrap.SidecarBootstrap;
import io.osmj.injector.pod.SidecarParts;
import io.osmj.injector.probe.ProbeKind;
import io.osmj.injector.probe.SidecarProbe;
import io.osmj.injector.request.InjectionRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The container that runs Envoy. Fields that the API server would fill in are written out, so that a pod that comes by a
 * second time is not changed again.
 */
final class SidecarContainer {
    /** Long enough for any outage of the control plane: the pod waits for it, and need not be made again. */
    private static final int FOR_EVER = 1_000_000;

    private static final int DRAIN_SECONDS = 45;

    private SidecarContainer() {}

    static ObjectNode of(InjectionRequest request, String bootstrap, List<SidecarProbe> probes) {
        SidecarSettings settings = request.settings().sidecar();
        String image = settings.envoyImage();
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        container
                .put("name", SidecarParts.SIDECAR)
                .put("image", image.isEmpty() ? request.mesh().sidecarImage() : image)
                .put("imagePullPolicy", request.mesh().imagePullPolicy());
        if (request.mesh().nativeSidecars()) {
            container.put("restartPolicy", "Always");
        }
        container.putArray("command").add("/usr/local/bin/envoy");
        container.set("args", arguments(bootstrap, settings));
        container.set("env", environment());
        container.set("ports", ports(probes));
        resources(container.putObject("resources"), settings.resources());
        container.set("startupProbe", ready(1, FOR_EVER));
        container.set("readinessProbe", ready(5, 3));
        container.set("securityContext", securityContext());
        container.put("terminationMessagePolicy", "FallbackToLogsOnError");
        container
                .putArray("volumeMounts")
                .addObject()
                .put("mountPath", SidecarBootstrap.TOKEN_FOLDER)
                .put("name", SidecarParts.TOKEN_VOLUME)
                .put("readOnly", true);
        return container;
    }

    private static ArrayNode arguments(String bootstrap, SidecarSettings settings) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add("--config-yaml")
                .add(bootstrap)
                .add("--log-level")
                .add(settings.logLevel())
                .add("--concurrency")
                .add(String.valueOf(Workers.of(settings.resources())))
                .add("--drain-time-s")
                .add(String.valueOf(DRAIN_SECONDS))
                // Containers of a pod share the memory through which an Envoy would look for its predecessor.
                .add("--disable-hot-restart");
    }

    private static ArrayNode environment() {
        ArrayNode environment = JsonNodeFactory.instance.arrayNode();
        Map<String, String> fields = new TreeMap<>(Map.of(
                "POD_UID", "metadata.uid",
                "POD_NAME", "metadata.name",
                "POD_NAMESPACE", "metadata.namespace",
                "POD_IP", "status.podIP",
                "SERVICE_ACCOUNT", "spec.serviceAccountName"));
        fields.forEach((name, path) -> environment
                .addObject()
                .put("name", name)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", path));
        return environment;
    }

    private static ArrayNode ports(List<SidecarProbe> probes) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        port(ports, "proxy-admin", Ports.ADMIN);
        port(ports, "proxy-inbound", Ports.INBOUND);
        port(ports, "proxy-metrics", Ports.METRICS);
        for (ProbeKind kind : ProbeKind.values()) {
            if (probes.stream().anyMatch(probe -> probe.kind() == kind)) {
                port(ports, kind.word() + "-port", kind.port());
            }
        }
        return ports;
    }

    private static void port(ArrayNode ports, String name, int number) {
        ports.addObject().put("name", name).put("containerPort", number).put("protocol", "TCP");
    }

    /** What is limited but not requested is requested as much as it is limited: so the API server does it. */
    private static void resources(ObjectNode target, Resources resources) {
        Map<String, String> requests = new TreeMap<>(resources.limits());
        requests.putAll(resources.requests());
        if (!resources.limits().isEmpty()) {
            ObjectNode limits = target.putObject("limits");
            resources.limits().forEach(limits::put);
        }
        if (!requests.isEmpty()) {
            requests.forEach(target.putObject("requests")::put);
        }
    }

    private static ObjectNode ready(int period, int failures) {
        ObjectNode probe = JsonNodeFactory.instance.objectNode();
        probe.putObject("httpGet")
                .put("path", SidecarBootstrap.HEALTH_PATH)
                .put("port", Ports.SIDECAR_HEALTH)
                .put("scheme", "HTTP");
        return probe.put("timeoutSeconds", 1)
                .put("periodSeconds", period)
                .put("successThreshold", 1)
                .put("failureThreshold", failures);
    }

    private static ObjectNode securityContext() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("runAsUser", SidecarParts.USER)
                .put("runAsGroup", SidecarParts.USER)
                .put("runAsNonRoot", true)
                .put("privileged", false)
                .put("allowPrivilegeEscalation", false)
                .put("readOnlyRootFilesystem", true);
        context.putObject("capabilities").putArray("drop").add("ALL");
        context.putObject("seccompProfile").put("type", "RuntimeDefault");
        return context;
    }
}
