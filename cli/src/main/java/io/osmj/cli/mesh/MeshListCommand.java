package io.osmj.cli.mesh;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Output;
import io.osmj.cli.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm mesh list}. */
@Command(name = "list", description = "List the control planes of the cluster.")
public final class MeshListCommand implements Callable<Integer> {
    /**
     * One mesh of the list.
     *
     * @param addedNamespaces sorted
     * @param smiSupported the version of each SMI kind, sorted by kind; empty when no controller answers
     */
    record Line(
            String name,
            String namespace,
            String version,
            List<String> addedNamespaces,
            Map<String, String> smiSupported) {}

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of the control planes to list (default: any).")
    private String namespace = "";

    @Option(
            names = {"-p", "--local-port"},
            paramLabel = "PORT",
            description = "Accepted for older scripts; no local port is opened.")
    private int localPort = 9091;

    public MeshListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var lines = read();
        session.debug("no port is forwarded, so local port " + localPort + " stays free");
        output.print(session, text(lines), lines);
        return 0;
    }

    private List<Line> read() {
        var meshes = new Meshes(session.plainClient());
        try {
            return meshes.in(namespace).stream().map(mesh -> line(mesh, meshes)).toList();
        } catch (KubernetesClientException failure) {
            throw new Failure(
                    "Unable to list meshes within the cluster. " + ClusterFault.reason(failure, session.config()),
                    failure);
        }
    }

    private Line line(Mesh mesh, Meshes meshes) {
        var namespaces =
                meshes.namespacesOf(mesh.name()).stream().map(Listed::name).toList();
        var smi = new TreeMap<String, String>();
        meshes.ask(mesh, "smi/version")
                .ifPresent(kinds -> kinds.forEach((kind, version) ->
                        // Controllers say specs.smi-spec.io/v1alpha4; the list shows the version alone, as it always
                        // did.
                        smi.put(kind, version.substring(version.indexOf('/') + 1))));
        return new Line(mesh.name(), mesh.namespace(), mesh.version(), namespaces, smi);
    }

    private static List<String> text(List<Line> meshes) {
        if (meshes.isEmpty()) {
            return List.of("No osm mesh control planes found");
        }
        var present = new Table("MESH NAME", "MESH NAMESPACE", "VERSION", "ADDED NAMESPACES");
        var smi = new Table("MESH NAME", "MESH NAMESPACE", "SMI SUPPORTED");
        for (var mesh : meshes) {
            present.row(mesh.name(), mesh.namespace(), mesh.version(), String.join(",", mesh.addedNamespaces()));
            smi.row(mesh.name(), mesh.namespace(), words(mesh.smiSupported()));
        }
        var lines = new ArrayList<String>();
        lines.add("");
        lines.addAll(present.lines());
        lines.add("");
        lines.addAll(smi.lines());
        lines.add("");
        lines.add("To list the OSM controller pods for a mesh, please run the following command"
                + " passing in the mesh's namespace");
        lines.add("\tkubectl get pods -n <osm-mesh-namespace> -l app=osm-controller");
        return lines;
    }

    private static String words(Map<String, String> supported) {
        if (supported.isEmpty()) {
            return "Unknown";
        }
        return supported.entrySet().stream()
                .map(kind -> kind.getKey() + ":" + kind.getValue())
                .collect(Collectors.joining(","));
    }
}
