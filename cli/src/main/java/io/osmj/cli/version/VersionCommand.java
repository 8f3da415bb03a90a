package io.osmj.cli.version;

import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Output;
import io.osmj.cli.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm version}. Nobody outside the cluster is asked for a newer one. */
@Command(name = "version")
public final class VersionCommand implements Callable<Integer> {
    /** The version of a control plane; its own words where it answers, else its Deployment's. */
    record Remote(String meshName, String meshNamespace, String version, String gitCommit, String buildDate) {}

    /** All that is shown. */
    record Versions(Build client, List<Remote> meshes) {}

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of the control planes to show (default: any).")
    private String namespace = "";

    @Option(names = "--client-only", description = "Show the version of this command only; no cluster is asked.")
    private boolean clientOnly;

    @Option(names = "--version-only", description = "Show the bare version of this command.")
    private boolean versionOnly;

    public VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var build = Build.ofThisProgram();
        if (versionOnly) {
            session.out().println(build.version());
            return 0;
        }
        var lines = new ArrayList<String>();
        lines.add("CLI Version: " + build.text());
        if (clientOnly) {
            output.print(session, lines, new Versions(build, List.of()));
            return 0;
        }
        var meshes = new Meshes(session.plainClient());
        var remotes =
                meshes.in(namespace).stream().map(mesh -> remote(mesh, meshes)).toList();
        lines.addAll(lines(remotes));
        output.print(session, lines, new Versions(build, remotes));
        return 0;
    }

    private static Remote remote(Mesh mesh, Meshes meshes) {
        return meshes.ask(mesh, "version")
                .map(answer -> new Remote(
                        mesh.name(),
                        mesh.namespace(),
                        word(answer, "version"),
                        word(answer, "git_commit"),
                        word(answer, "build_date")))
                .orElseGet(() -> new Remote(mesh.name(), mesh.namespace(), mesh.version(), "Unknown", "Unknown"));
    }

    private static String word(Map<String, String> answer, String field) {
        return answer.getOrDefault(field, "Unknown");
    }

    private static List<String> lines(List<Remote> remotes) {
        if (remotes.isEmpty()) {
            return List.of("Unable to find OSM control plane in the cluster");
        }
        var table = new Table("MESH NAME", "MESH NAMESPACE", "VERSION", "GIT COMMIT", "BUILD DATE");
        remotes.forEach(remote -> table.row(
                remote.meshName(), remote.meshNamespace(), remote.version(), remote.gitCommit(), remote.buildDate()));
        var lines = new ArrayList<String>();
        lines.add("");
        lines.addAll(table.lines());
        return lines;
    }
}
