package io.osmj.injector.patch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.intercept.Interception;
import io.osmj.core.intercept.LocalProxyMode;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import io.osmj.core.names.Ports;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.annotation.InterceptionJson;
import io.osmj.injector.bootstrap.BootstrapArguments;
import io.osmj.injector.bootstrap.BootstrapInput;
import io.osmj.injector.decide.InjectionDecision;
import io.osmj.injector.intercept.RulesText;
import io.osmj.injector.pod.Container;
import io.osmj.injector.pod.Pod;
import io.osmj.injector.probe.HookCheck;
import io.osmj.injector.probe.ProbeRewriter;
import io.osmj.injector.probe.RewrittenProbes;
import io.osmj.injector.probe.SidecarProbe;
import io.osmj.injector.request.InjectionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts the sidecar into one pod. */
public final class SidecarPatch {
    private final Pod original;
    private final Pod pod;
    private final InjectionRequest request;
    private final List<Problem> warnings = new ArrayList<>();

    private SidecarPatch(Pod original, InjectionRequest request) {
        this.original = original;
        this.pod = new Pod(original.tree().deepCopy(), original.namespace());
        this.request = request;
    }

    /**
     * A copy of the pod with its sidecar, whatever earlier injection it comes from; the problems are warnings.
     *
     * @param lists what is taken and what is left alone, checked
     * @param bootstraps prints the sidecar's
     */
    public static Outcome<ObjectNode> apply(
            Pod original, InjectionRequest request, Interception lists, BootstrapArguments bootstraps) {
        SidecarPatch patch = new SidecarPatch(original, request);
        patch.put(lists, bootstraps);
        return new Outcome<>(patch.pod.tree(), patch.warnings);
    }

    private void put(Interception lists, BootstrapArguments bootstraps) {
        EarlierInjection earlier = EarlierInjection.takeOut(pod);
        RewrittenProbes probes = ProbeRewriter.rewrite(pod);
        String uuid = ProxyUuid.of(pod, request.proxyUuid());
        String bootstrap = bootstraps.of(new BootstrapInput(
                uuid,
                pod.serviceAccount() + "." + pod.namespace(),
                request.mesh().meshNamespace(),
                request.mesh().rootCertificates(),
                request.settings().sidecar().podIpMode(),
                probes.probes()));
        metadata(lists, probes, uuid);
        containers(
                Overlay.of(earlier.initContainer(), InitContainer.of(request)),
                Overlay.of(earlier.sidecar(), SidecarContainer.of(request, bootstrap, probes.probes())),
                probes.probes());
        ListeningPorts.reserve(pod);
        spec().withArrayProperty("volumes").add(Volumes.token()).add(Volumes.rules());
        warnings.addAll(earlier.lost());
        warnings.addAll(probes.warnings());
        warnings.addAll(HookCheck.warnings(original, lists.inboundPorts()));
    }

    private void metadata(Interception lists, RewrittenProbes probes, String uuid) {
        ObjectNode metadata = pod.tree().withObjectProperty("metadata");
        metadata.withObjectProperty("labels").put(Labels.PROXY_UUID, uuid);
        ObjectNode annotations = metadata.withObjectProperty("annotations");
        annotations.put(Annotations.INTERCEPTION, InterceptionJson.write(lists));
        annotations.put(Annotations.INTERCEPTION_RULES, RulesText.of(lists));
        annotations.put(
                Annotations.LOCAL_PROXY_MODE,
                LocalProxyMode.of(request.settings().sidecar().podIpMode()).word());
        if (!probes.originals().isEmpty()) {
            annotations.put(Annotations.ORIGINAL_PROBES, probes.originals().toString());
        }
        if (InjectionDecision.metrics(request.namespace())) {
            annotations
                    .put("prometheus.io/scrape", "true")
                    .put("prometheus.io/port", String.valueOf(Ports.METRICS))
                    .put("prometheus.io/path", "/stats/prometheus");
        }
    }

    private void containers(ObjectNode initContainer, ObjectNode sidecar, List<SidecarProbe> probes) {
        ArrayNode initContainers = spec().withArrayProperty("initContainers");
        int place = place(probes);
        initContainers.insert(place, initContainer);
        if (request.mesh().nativeSidecars()) {
            initContainers.insert(place + 1, sidecar);
            return;
        }
        spec().withArrayProperty("containers").add(sidecar);
        if (pod.ofJob()) {
            warnings.add(endless());
        }
    }

    /**
     * After the application's own init containers, which therefore run without interception and need no sidecar, and before
     * the sidecars that others have put at the end: Dapr's wants the mesh to be there. A sidecar further up has to wait for ours, too,
     * if it has probes that ours answers: else it would never count as started, and what comes after it would never run.
     */
    private int place(List<SidecarProbe> probes) {
        List<Container> present = pod.initContainers();
        int place = present.size();
        while (place > 0 && present.get(place - 1).keepsRunning()) {
            place--;
        }
        Set<String> asked = probes.stream().map(SidecarProbe::container).collect(Collectors.toSet());
        return IntStream.range(0, place)
                .filter(index -> asked.contains(present.get(index).name()))
                .findFirst()
                .orElse(place);
    }

    private Problem endless() {
        return new Problem(
                ProblemCode.M3007,
                pod.ref(),
                "spec.containers",
                "This cluster has no init containers that keep running, so the sidecar is a container like any other and the"
                        + " pod of this Job will not end.",
                "Annotate the Job's pod template with " + Annotations.SIDECAR_INJECTION + ": disabled.");
    }

    private ObjectNode spec() {
        return pod.tree().withObjectProperty("spec");
    }
}
