package io.osmj.cli.install;

import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.session.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When a mesh must not be installed. Open Service Mesh finds these out in a job in the cluster, in the same words. */
final class Refusals {
    private Refusals() {}

    /** Fails when the meshes there are leave no room for another one of a name in a namespace. */
    static void check(List<Mesh> present, String mesh, String namespace, boolean enforceSingleMesh) {
        var enforcing = present.stream().filter(Mesh::enforcesSingle).toList();
        if (!enforcing.isEmpty()) {
            throw new Failure(
                    "Mesh(es) %s already enforce it is the only mesh in the cluster, cannot install new meshes"
                            .formatted(words(enforcing)));
        }
        if (enforceSingleMesh && !present.isEmpty()) {
            throw new Failure("Mesh(es) %s already exist so a new mesh enforcing it is the only one cannot be installed"
                    .formatted(words(present)));
        }
        var here = present.stream()
                .filter(other -> other.namespace().equals(namespace))
                .map(Mesh::name)
                .toList();
        if (!here.isEmpty()) {
            throw new Failure("Namespace %s already contains meshes [%s]".formatted(namespace, String.join(" ", here)));
        }
        named(present, mesh).ifPresent(other -> {
            throw new Failure(
                    ("Mesh [%1$s] exists in namespace [%2$s]: the value osm.meshName, as --mesh-name sets it, is also"
                                    + " the name of a mesh's ClusterRole and what namespaces are labelled with, so that two of one"
                                    + " name would be each other's. Give another one with --mesh-name, or first remove that mesh with"
                                    + " `osm uninstall mesh --mesh-name %1$s --osm-namespace %2$s`")
                            .formatted(mesh, other.namespace()));
        });
    }

    /**
     * Fails where a release of the mesh's name is there and no mesh of that name. Helm would refuse what is called after it when all else is
     * written already.
     *
     * @param releases of the chart, whatever became of their objects
     * @param present the meshes there are, none of which is of this name
     */
    static void checkReleases(List<Mesh> releases, List<Mesh> present, String mesh) {
        named(releases, mesh).ifPresent(release -> {
            throw new Failure(present.stream()
                    .filter(other -> other.namespace().equals(release.namespace()))
                    .findFirst()
                    .map(other -> ofAnother(release, other))
                    .orElseGet(() -> rest(release)));
        });
    }

    /** By plain Helm a release can be called otherwise than its mesh. */
    private static String ofAnother(Mesh release, Mesh other) {
        return ("Helm release [%s] in namespace [%s] is that of mesh [%s], whose ClusterRole is called after the release: give"
                        + " this mesh another name with --mesh-name")
                .formatted(release.name(), release.namespace(), other.name());
    }

    private static String rest(Mesh release) {
        return ("Mesh [%1$s] is installed in namespace [%2$s] but has no Deployment osm-controller;"
                        + " `osm uninstall mesh --mesh-name %1$s --osm-namespace %2$s` removes the rest and keeps the"
                        + " policies, then install it anew")
                .formatted(release.name(), release.namespace());
    }

    private static Optional<Mesh> named(List<Mesh> meshes, String name) {
        return meshes.stream().filter(mesh -> mesh.name().equals(name)).findFirst();
    }

    private static String words(List<Mesh> meshes) {
        return meshes.stream()
                .map(mesh -> "namespace: %s, name: %s".formatted(mesh.namespace(), mesh.name()))
                .collect(Collectors.joining(", "));
    }
}
