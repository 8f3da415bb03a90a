package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.cli.mesh.Listed;
import io.osmj.cli.view.Count;
import io.osmj.core.intercept.Interception;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the pods of the mesh have their sidecars, and with the lists that hold today. */
final class DataPlaneCheck {
    private static final String NAME = "osm-data-plane";
    private static final Set<String> WANTED = Set.of("enabled", "yes", "true");
    private final Surroundings around;

    DataPlaneCheck(Surroundings around) {
        this.around = around;
    }

    Category run() {
        if (around.namespaces().isEmpty()) {
            return new Category(
                    NAME,
                    List.of(Finding.warn(
                            "namespaces belong to the mesh",
                            around.noNamespaces(),
                            "run: osm namespace add <namespace>")));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.pass("%s to the mesh: %s"
                .formatted(
                        Count.of(around.namespaces().size(), "namespace belongs", "namespaces belong"),
                        around.namespaces().stream().map(Listed::name).collect(Collectors.joining(", ")))));
        findings.add(sidecars());
        new ConnectionsCheck(around).run().ifPresent(findings::add);
        findings.add(drift(around.settings().value().traffic().interception()));
        return new Category(NAME, findings);
    }

    private Finding sidecars() {
        var what = "every pod that asks for a sidecar has one";
        var without = around.namespaces().stream()
                .flatMap(namespace -> around.pods().stream()
                        .filter(pod -> pod.getMetadata().getNamespace().equals(namespace.name()))
                        .filter(pod -> asksFor(pod, namespace) && !hasSidecar(pod)))
                .map(Surroundings::name)
                .toList();
        return without.isEmpty()
                ? Finding.pass(what)
                : Finding.warn(
                        what,
                        "without one: " + String.join(", ", without),
                        "a sidecar comes when a pod is created: delete these pods, or mark them"
                                + " openservicemesh.io/sidecar-injection=disabled");
    }

    private Finding drift(Interception ofTheMesh) {
        var what = "every sidecar was created with the exclusion lists of today";
        var drifted = around.pods().stream()
                .filter(pod -> ListsInForce.atCreation(pod)
                        .filter(lists -> !lists.equals(ListsInForce.now(pod, ofTheMesh)))
                        .isPresent())
                .map(Surroundings::name)
                .toList();
        return drifted.isEmpty()
                ? Finding.pass(what)
                : Finding.warn(
                        what,
                        "created with others: " + String.join(", ", drifted),
                        "lists are read when a pod is created: create these pods anew, for example with"
                                + " kubectl rollout restart");
    }

    private static boolean asksFor(Pod pod, Listed namespace) {
        if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())
                || namespace.label(Labels.IGNORE).isPresent()
                || namespace.label(Labels.CONTROL_PLANE).isPresent()) {
            return false;
        }
        var ofPod = ListsInForce.annotations(pod).get(Annotations.SIDECAR_INJECTION);
        return Optional.ofNullable(ofPod)
                .or(() -> namespace.annotation(Annotations.SIDECAR_INJECTION))
                .filter(word -> WANTED.contains(word.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    static boolean hasSidecar(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return labels != null && labels.containsKey(Labels.PROXY_UUID);
    }
}
