package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.core.intercept.Interception;
import io.osmj.core.settings.MeshSettings;
import io.osmj.dapr.outbound.ComponentBackends;
import io.osmj.dapr.outbound.DaprComponent;
import io.osmj.dapr.outbound.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One look at all pods of the mesh that use Dapr: what each daprd needs and does not get, and the command that mends it. */
final class DaprSurvey {
    private final String osmNamespace;
    private final DaprCluster dapr;
    private final MeshSettings.Traffic traffic;
    private final List<Need> ofControlPlane;
    private final Map<String, List<DaprComponent>> components = new TreeMap<>();
    private final Map<Need, Set<String>> missing =
            new TreeMap<>(Comparator.comparing(Need::what).thenComparing(Need::destination));
    private final Set<String> unknown = new TreeSet<>();

    DaprSurvey(Surroundings around, DaprCluster dapr, String daprNamespace) {
        this.osmNamespace = around.osmNamespace();
        this.dapr = dapr;
        this.traffic = around.settings().value().traffic();
        this.ofControlPlane = dapr.needs(daprNamespace);
    }

    List<Finding> of(List<Pod> pods) {
        pods.forEach(this::look);
        var findings = new ArrayList<Finding>();
        findings.add(essential());
        optional().ifPresent(findings::add);
        if (!unknown.isEmpty()) {
            findings.add(Finding.warn(
                    "the servers of all components are known",
                    "not of: " + String.join(", ", unknown),
                    "exclude the ports they are reached at, if they are outside the mesh"));
        }
        return findings;
    }

    private void look(Pod pod) {
        var lists = ListsInForce.now(pod, traffic.interception());
        needs(pod).stream()
                .filter(need -> !need.metBy(lists))
                .forEach(need -> missing.computeIfAbsent(need, absent -> new LinkedHashSet<>())
                        .add(Surroundings.name(pod)));
    }

    private List<Need> needs(Pod pod) {
        var needs = new ArrayList<Need>();
        if (!traffic.egress()) {
            needs.addAll(ofControlPlane);
        }
        var namespace = pod.getMetadata().getNamespace();
        var appId = ListsInForce.annotations(pod).getOrDefault("dapr.io/app-id", "");
        components.computeIfAbsent(namespace, dapr::components).stream()
                .filter(component -> component.loadedBy(namespace, appId))
                .forEach(component -> needs.addAll(needs(component)));
        return needs;
    }

    private List<Need> needs(DaprComponent component) {
        var backends = ComponentBackends.of(component);
        if (backends.isEmpty()) {
            unknown.add("%s/%s (%s)".formatted(component.namespace(), component.name(), component.type()));
            return List.of();
        }
        return backends.get().stream()
                .filter(backend -> !dapr.inTheMesh(backend, component.namespace()))
                .map(backend -> new Need(
                        "component %s (%s)".formatted(component.name(), component.type()),
                        Optional.empty(),
                        backend.port(),
                        "daprd ends after 5 seconds",
                        true))
                .toList();
    }

    private Finding essential() {
        var what = "daprd of every pod reaches what it needs to start";
        var absent = missing.keySet().stream().filter(Need::essential).toList();
        return absent.isEmpty() ? Finding.pass(what) : Finding.fail(what, told(absent), mend());
    }

    private Optional<Finding> optional() {
        var absent = missing.keySet().stream().filter(need -> !need.essential()).toList();
        var hint = missing.keySet().stream().anyMatch(Need::essential) ? "the command above adds it" : mend();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        "daprd of every pod reaches what applications may ask it for", told(absent), hint));
    }

    private String told(List<Need> absent) {
        return absent.stream()
                .map(need -> "%s for %s is not excluded: %s (%s)"
                        .formatted(
                                need.destination(),
                                need.what(),
                                need.without(),
                                String.join(", ", missing.getOrDefault(need, Set.of()))))
                .collect(Collectors.joining("\n"));
    }

    /** Keeps what the lists hold, because a merge patch replaces a list as a whole. */
    private String mend() {
        var mended = missing.keySet().stream().map(Need::remedy).reduce(traffic.interception(), Interception::union);
        var ports = mended.outboundPorts().stream().map(String::valueOf).collect(Collectors.joining(","));
        var ranges = mended.outboundExclusions().stream()
                .map(range -> "\"" + range + "\"")
                .collect(Collectors.joining(","));
        var namespaces = missing.values().stream()
                .flatMap(Set::stream)
                .map(pod -> pod.substring(0, pod.indexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
        var restarts = namespaces.stream()
                .map(namespace -> "kubectl rollout restart deployment -n " + namespace)
                .collect(Collectors.joining("\n"));
        return """
               run: kubectl patch meshconfig osm-mesh-config -n %s --type=merge -p '{"spec":{"traffic":{"outboundPortExclusionList":[%s],"outboundIPRangeExclusionList":[%s]}}}'
               then create the pods anew: %s""".formatted(osmNamespace, ports, ranges, restarts);
    }
}
