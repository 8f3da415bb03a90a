package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.mesh.Meshes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether each sidecar is connected to a controller, which their page {@code /proxies} says. One that is not goes on with what it has, and
 * hears of no change.
 */
final class ConnectionsCheck {
    private final Surroundings around;

    ConnectionsCheck(Surroundings around) {
        this.around = around;
    }

    /** Nothing where nobody could be connected, or no controller answers, which is said elsewhere. */
    Optional<Finding> run() {
        var sidecars = around.pods().stream()
                .filter(pod -> DataPlaneCheck.hasSidecar(pod) && runs(pod))
                .toList();
        return sidecars.isEmpty() ? Optional.empty() : around.mesh().flatMap(mesh -> connected(mesh, sidecars));
    }

    private Optional<Finding> connected(Mesh mesh, List<Pod> sidecars) {
        var meshes = new Meshes(around.client());
        if (meshes.ask(mesh, "version").isEmpty()) {
            return Optional.empty();
        }
        var connected = meshes.askAll(mesh, "proxies").stream()
                .map(proxy -> proxy.getOrDefault("podUid", ""))
                .collect(Collectors.toSet());
        var what = "every sidecar is connected to a controller";
        var alone = sidecars.stream()
                .filter(pod -> !connected.contains(pod.getMetadata().getUid()))
                .map(Surroundings::name)
                .toList();
        return Optional.of(
                alone.isEmpty()
                        ? Finding.pass(what)
                        : Finding.warn(
                                what,
                                "not connected, so they hear of no change: " + String.join(", ", alone),
                                "see why: kubectl logs -c envoy of such a pod; a new pod knows the controller and its root of"
                                        + " today"));
    }

    private static boolean runs(Pod pod) {
        return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
    }
}
