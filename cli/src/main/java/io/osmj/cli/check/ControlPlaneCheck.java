package io.osmj.cli.check;

import static java.util.Objects.requireNonNullElse;

import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.view.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the control plane is there and answers. */
final class ControlPlaneCheck {
    private static final String NAME = "osm-control-plane";
    private final Surroundings around;

    ControlPlaneCheck(Surroundings around) {
        this.around = around;
    }

    Category run() {
        var meshes = new Meshes(around.client());
        var all = meshes.all();
        var exists = "mesh %s exists".formatted(around.meshName());
        var wanted = all.stream()
                .filter(mesh -> mesh.name().equals(around.meshName()))
                .findFirst();
        if (wanted.isEmpty()) {
            around.giveUp();
            return new Category(NAME, List.of(Finding.fail(exists, present(all), remedy(all))));
        }
        around.found(wanted.get());
        var findings = new ArrayList<Finding>();
        findings.add(Finding.pass(exists));
        findings.add(available(wanted.get()));
        findings.add(answers(wanted.get(), meshes));
        findings.addAll(new ProblemsCheck(meshes).of(wanted.get()));
        return new Category(NAME, findings);
    }

    private static String present(List<Mesh> all) {
        return all.isEmpty()
                ? "there is no control plane in the cluster"
                : "there is only " + all.stream().map(Mesh::name).collect(Collectors.joining(", "));
    }

    /** Beside a mesh another one may not be installed, and this is more likely its name misspelt. */
    private static String remedy(List<Mesh> all) {
        return all.isEmpty()
                ? "run: osm install"
                : "run: osm check --mesh-name %s".formatted(all.getFirst().name());
    }

    private Finding available(Mesh mesh) {
        var what = "deployment osm-controller is available";
        var controller = around.client()
                .apps()
                .deployments()
                .inNamespace(mesh.namespace())
                .withName("osm-controller")
                .require();
        var wanted = requireNonNullElse(controller.getSpec().getReplicas(), 1);
        var status = controller.getStatus();
        var available = status == null ? 0 : requireNonNullElse(status.getAvailableReplicas(), 0);
        if (available >= wanted) {
            return Finding.pass(what);
        }
        return Finding.fail(
                what,
                "%d of %s %s available; pods of the mesh cannot be created meanwhile"
                        .formatted(available, Count.of(wanted, "replica"), available == 1 ? "is" : "are"),
                "see: kubectl describe pods -n %s -l app=osm-controller".formatted(mesh.namespace()));
    }

    private static Finding answers(Mesh mesh, Meshes meshes) {
        var what = "a controller answers";
        return meshes.ask(mesh, "version")
                .map(answer ->
                        Finding.pass("%s (version %s)".formatted(what, answer.getOrDefault("version", "unknown"))))
                .orElseGet(() -> Finding.fail(
                        what,
                        "no pod of osm-controller answers on port 9091",
                        "see: kubectl logs -n %s -l app=osm-controller".formatted(mesh.namespace())));
    }
}
