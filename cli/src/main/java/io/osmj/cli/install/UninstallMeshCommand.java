package io.osmj.cli.install;

import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osm uninstall mesh}. */
@Command(name = "mesh", description = "Remove a control plane from the cluster.", sortOptions = false)
public final class UninstallMeshCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--mesh-name", paramLabel = "NAME", description = "Name of the mesh (default: the one there is).")
    private String meshName = "";

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask.")
    private boolean force;

    @Option(
            names = {"-a", "--delete-cluster-wide-resources"},
            description = "Also remove the kinds with all their objects, the webhooks, the CA bundle,"
                    + " and the namespace if osm install made it.")
    private boolean clusterWide;

    @Option(
            names = "--delete-namespace",
            description = "Also remove the namespace of the control plane, whoever made it.")
    private boolean deleteNamespace;

    @Option(
            names = "--ca-bundle-secret-name",
            paramLabel = "NAME",
            defaultValue = "osm-ca-bundle",
            description = "Secret of the CA bundle (default: osm-ca-bundle).")
    private String caBundle = "osm-ca-bundle";

    @Option(
            names = {"-p", "--local-port"},
            paramLabel = "PORT",
            description = "Accepted for older scripts; no local port is opened.")
    private int localPort = 9091;

    public UninstallMeshCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.debug("no port is forwarded, so local port " + localPort + " stays free");
        var present = present();
        if (present.isEmpty()) {
            session.out().println("No OSM control planes found");
            var namespace = session.options().osmNamespace();
            leftovers(meshName, namespace);
            complain(new Remains(session.client()).of(meshName, namespace));
            return 0;
        }
        var wanted = present.stream().filter(this::isMeant).toList();
        if (wanted.isEmpty()) {
            notFound(present);
            emptyNamespace(present);
            return 0;
        }
        if (!force) {
            list(present);
        }
        var agreed = wanted.stream().filter(this::confirmed).toList();
        agreed.forEach(this::uninstall);
        complain(agreed.stream()
                .flatMap(mesh -> new Remains(session.client()).of(mesh.name(), mesh.namespace()).stream())
                .toList());
        return 0;
    }

    /** Control planes, and releases whose control plane somebody has deleted: what came with it is still there. */
    private List<Mesh> present() {
        var running = new Meshes(session.client()).all();
        var served = running.stream().map(Mesh::namespace).collect(Collectors.toSet());
        var releases = new Releases(session).all().stream().filter(release -> !served.contains(release.namespace()));
        return Stream.concat(running.stream(), releases).sorted().toList();
    }

    private boolean isMeant(Mesh mesh) {
        return (meshName.isEmpty() || mesh.name().equals(meshName))
                && session.options()
                        .givenOsmNamespace()
                        .map(mesh.namespace()::equals)
                        .orElse(true);
    }

    private static void complain(List<String> remains) {
        if (!remains.isEmpty()) {
            throw new Failure("of the mesh there still is %s; no Helm release removes it, kubectl delete does"
                    .formatted(String.join(", ", remains)));
        }
    }

    private void notFound(List<Mesh> present) {
        var namespace = session.options().osmNamespace();
        session.out()
                .println(
                        meshName.isEmpty()
                                ? "No OSM control planes found in namespace [%s]".formatted(namespace)
                                : "Did not find mesh [%s] in namespace [%s]".formatted(meshName, namespace));
        var others = present.stream()
                .map(mesh -> "mesh [%s] in namespace [%s]".formatted(mesh.name(), mesh.namespace()))
                .collect(Collectors.joining(", "));
        session.err()
                .println("There is " + others
                        + "; name one with --mesh-name, and its namespace or none with --osm-namespace");
    }

    /** One that an installation made which failed at its start, beside a mesh that keeps the kinds. */
    private void emptyNamespace(List<Mesh> present) {
        session.options()
                .givenOsmNamespace()
                .filter(given -> clusterWide)
                .filter(given ->
                        present.stream().noneMatch(mesh -> mesh.namespace().equals(given)))
                .ifPresent(given -> new Removal(session, given).namespaceOfOurMaking());
    }

    private void uninstall(Mesh mesh) {
        new Removal(session, mesh.namespace()).uninstall(mesh.name(), clusterWide || deleteNamespace);
        leftovers(mesh.name(), mesh.namespace());
    }

    /** What a mesh leaves behind, as far as it is to be removed. */
    private void leftovers(String mesh, String namespace) {
        if (clusterWide) {
            new Leftovers(session, namespace, caBundle).remove(mesh);
        }
        var removal = new Removal(session, namespace);
        if (deleteNamespace) {
            removal.namespace();
        } else if (clusterWide) {
            removal.namespaceOfOurMaking();
        }
    }

    private void list(List<Mesh> present) {
        session.out().println("\nList of meshes present in the cluster:");
        var table = new Table("MESH NAME", "MESH NAMESPACE", "VERSION");
        present.forEach(mesh -> table.row(mesh.name(), mesh.namespace(), mesh.version()));
        session.out().println();
        table.lines().forEach(session.out()::println);
    }

    private boolean confirmed(Mesh mesh) {
        return force
                || Prompt.confirmed(
                        session,
                        "\nUninstall OSM [mesh name: %s] in namespace [%s] and/or OSM resources?"
                                .formatted(mesh.name(), mesh.namespace()));
    }
}
