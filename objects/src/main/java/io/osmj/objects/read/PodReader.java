package io.osmj.objects.read;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Capture;
import io.osmj.core.intercept.LocalProxyMode;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import io.osmj.core.state.PodState;
import io.osmj.dapr.LoopbackPorts;
import io.osmj.injector.decide.InjectionDecision;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a Pod. */
public final class PodReader {
    /** The name of the sidecar's container, as in OSM. */
    private static final String SIDECAR = "envoy";

    private static final String DAPRD = "daprd";
    private static final String SCRAPE = "prometheus.io/scrape";

    private PodReader() {}

    /** The pod; empty when it has no IPv4 address (yet) or has ended, because its address may be another pod's by now. */
    public static Optional<PodState> read(Pod pod) {
        String phase = Fields.text(pod.getStatus().getPhase());
        String address = Fields.text(pod.getStatus().getPodIP());
        if (phase.equals("Succeeded") || phase.equals("Failed") || !Fields.ipv4(address)) {
            return Optional.empty();
        }
        ObjectMeta metadata = pod.getMetadata();
        Map<String, String> annotations = Fields.map(metadata.getAnnotations());
        return Optional.of(new PodState(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                address,
                new ServiceAccount(
                        metadata.getNamespace(), Fields.text(pod.getSpec().getServiceAccountName())),
                meshed(pod),
                InjectionDecision.proxyless(annotations),
                LoopbackPorts.of(annotations, container(pod, DAPRD).map(Container::getArgs)),
                "true".equals(annotations.get(SCRAPE)),
                capture(address, annotations)));
    }

    private static Capture capture(String address, Map<String, String> annotations) {
        Capture capture = Capture.of(address, annotations.getOrDefault(Annotations.LOCAL_APPLICATION, ""));
        return switch (capture) {
            case Capture.Loopback loopback -> loopback;
            case Capture.Redirected _ ->
                new Capture.Redirected(
                        LocalProxyMode.parse(annotations.getOrDefault(Annotations.LOCAL_PROXY_MODE, "")));
        };
    }

    /** The label alone could be written by anyone; the container alone may be an Envoy of the application's own. */
    private static boolean meshed(Pod pod) {
        return Fields.map(pod.getMetadata().getLabels()).containsKey(Labels.PROXY_UUID)
                && container(pod, SIDECAR).isPresent();
    }

    private static Optional<Container> container(Pod pod, String name) {
        return Stream.of(pod.getSpec().getContainers(), pod.getSpec().getInitContainers())
                .flatMap(containers -> Fields.list(containers).stream())
                .filter(container -> name.equals(container.getName()))
                .findFirst();
    }
}
