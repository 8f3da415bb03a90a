package io.osmj.cli.offline;

import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.core.identity.TrustDomain;
import io.osmj.objects.folder.Folder;
import io.osmj.objects.folder.FolderFiles;
import io.osmj.objects.folder.LocatedProblem;
import io.osmj.objects.read.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that work on a folder in place of a cluster. */
public final class FolderOption {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "DIR",
            required = true,
            description = "Folder of YAML, or one file; folders in it are read, too.")
    private Path path = Path.of("");

    @Option(names = "--mesh-name", defaultValue = "osm", description = "Name of the mesh (default: ${DEFAULT-VALUE}).")
    private String meshName = "";

    @Option(
            names = "--trust-domain",
            defaultValue = "cluster.local",
            description = "Last part of every identity (default: ${DEFAULT-VALUE}).")
    private String trustDomain = "";

    /** The folder or file. */
    public Path path() {
        return path;
    }

    /** A file of the folder, as the user would open it. */
    Path file(String below) {
        return Files.isDirectory(path) ? path.resolve(below) : path;
    }

    /** Reads the folder and takes it through the pipeline. */
    public Pipeline read(Session session) {
        if (!Files.exists(path)) {
            throw new Failure("there is no folder " + path);
        }
        try {
            Folder folder = Folder.UNSEEN.with(FolderFiles.read(path));
            if (folder.fileCount() == 0) {
                throw new Failure("there is no YAML in the folder " + path + ": read are files " + FolderFiles.WANTED
                        + ". Name the folder that holds the objects with -f");
            }
            return Pipeline.of(folder, mesh(session));
        } catch (IOException failure) {
            throw new Failure("cannot read " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** As {@link #read}, and says on the error stream what is wrong, as a verdict is only of what could be read. */
    public Pipeline readToJudge(Session session) {
        Pipeline pipeline = read(session);
        errors(pipeline).forEach(session.err()::println);
        return pipeline;
    }

    /** What {@code osm validate} calls errors. */
    public static List<LocatedProblem> errors(Pipeline pipeline) {
        return pipeline.problems().stream()
                .filter(located -> Severity.of(located.problem().code()) == Severity.ERROR)
                .toList();
    }

    private Mesh mesh(Session session) {
        try {
            return new Mesh(
                    meshName, session.options().osmNamespace(), "osm-mesh-config", new TrustDomain(trustDomain));
        } catch (IllegalArgumentException failure) {
            throw new Failure(String.valueOf(failure.getMessage()), failure);
        }
    }
}
