package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether MeshConfig is there, makes sense, and is what the control plane works by. */
final class MeshConfigCheck {
    private static final String NAME = "osm-mesh-config";
    private final Surroundings around;

    MeshConfigCheck(Surroundings around) {
        this.around = around;
    }

    Category run() {
        var exists = "MeshConfig osm-mesh-config exists in namespace " + around.osmNamespace();
        var config = around.meshConfig();
        if (config.isEmpty()) {
            return new Category(
                    NAME,
                    List.of(Finding.fail(
                            exists,
                            "the mesh works in strict mode without egress, and every setting has its default",
                            remedy(around))));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.pass(exists));
        var problems = around.settings().problems();
        problems.forEach(problem -> findings.add(Finding.fail(
                "%s of MeshConfig is usable".formatted(problem.field()),
                problem.code() + " " + problem.message(),
                problem.remedy())));
        if (problems.isEmpty()) {
            findings.add(Finding.pass("all its values are usable"));
        }
        findings.addAll(UnheededFields.of(around.tree(config.get())));
        refusal(config.get()).ifPresent(findings::add);
        return new Category(NAME, findings);
    }

    /** An installation is refused while the mesh is there; what Helm keeps of it still holds MeshConfig. */
    private static String remedy(Surroundings around) {
        var namespace = around.osmNamespace();
        return """
                with the defaults: echo '{"apiVersion":"config.openservicemesh.io/v1alpha2","kind":"MeshConfig",\
                "metadata":{"name":"osm-mesh-config","namespace":"%s"}}' | kubectl apply -f -
                as installed: helm get manifest %s -n %s | kubectl apply -f -""".formatted(namespace, around.meshName(), namespace);
    }

    /** The control plane's own word, where it has given one. */
    private static Optional<Finding> refusal(GenericKubernetesResource config) {
        if (!(config.<Object>get("status", "conditions") instanceof List<?> conditions)) {
            return Optional.empty();
        }
        return conditions.stream()
                .filter(condition -> condition instanceof Map<?, ?> fields
                        && "Accepted".equals(fields.get("type"))
                        && "False".equals(fields.get("status")))
                .findFirst()
                .map(condition -> Finding.fail(
                        "the control plane works by it",
                        condition instanceof Map<?, ?> fields ? String.valueOf(fields.get("message")) : "",
                        "see: kubectl get meshconfig osm-mesh-config -o yaml"));
    }
}
