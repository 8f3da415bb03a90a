package io.osmj.cli.install;

import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.config.read.GoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code osm install}. */
@Command(name = "install", sortOptions = false)
public final class InstallCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--mesh-name",
            paramLabel = "NAME",
            defaultValue = "osm",
            description = "Name of the mesh (default: osm).")
    private String meshName = "osm";

    @Option(
            names = "--enforce-single-mesh",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            paramLabel = "BOOL",
            description = "Refuse other meshes in the cluster (default: true).")
    private boolean enforceSingleMesh = true;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "A value of the chart; may be given several times.")
    private List<String> set = List.of();

    @Option(names = "--osm-chart-path", paramLabel = "FOLDER", description = "Use this chart, not the one inside osm.")
    private @Nullable Path chartPath;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "How long the control plane may take to work (default: 5m).")
    private String timeout = "5m";

    @Option(names = "--no-wait", description = "Do not wait for the control plane to work.")
    private boolean noWait;

    @Option(names = "--atomic", description = "Remove what was installed when it does not come to work in time.")
    private boolean atomic;

    @Option(names = "--dry-run", description = "Install nothing; print the objects as YAML.")
    private boolean dryRun;

    public InstallCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var namespace = session.options().osmNamespace();
        var wish = new Installation.Wish(
                meshName,
                namespace,
                enforceSingleMesh,
                values(),
                noWait ? Optional.empty() : Optional.of(duration()),
                atomic);
        try (var chart = Chart.at(Optional.ofNullable(chartPath))) {
            var installation = new Installation(session, chart, wish);
            if (dryRun) {
                session.out().print(installation.preview());
                installation
                        .refusal()
                        .ifPresent(
                                reason -> session.err().println("Without --dry-run this would be refused: " + reason));
                return 0;
            }
            installation.run();
        }
        session.out()
                .println("OSM installed successfully in namespace [%s] with mesh name [%s]"
                        .formatted(namespace, meshName));
        return 0;
    }

    private Duration duration() {
        return GoDuration.parse(timeout)
                .orElseThrow(
                        () -> new Failure("invalid argument \"%s\" for \"--timeout\": give a duration such as 90s or 5m"
                                .formatted(timeout)));
    }

    /** The flags of the same meaning come last, so that they win. */
    private Values values() {
        return Values.of(set).set("osm.meshName", meshName).set("osm.enforceSingleMesh", enforceSingleMesh);
    }
}
