package io.osmj.cli.install;

import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One installation of the control plane: namespace, kinds, chart, and the wait until it works. */
final class Installation {
    /**
     * What the user asked for.
     *
     * @param mesh name of the mesh and of the Helm release
     * @param namespace of the control plane
     * @param enforceSingleMesh allow no other mesh beside this one
     * @param values of the chart
     * @param timeout how long the control plane may take to work; empty to not wait for it
     * @param atomic take everything out again when it does not come to work
     */
    record Wish(
            String mesh,
            String namespace,
            boolean enforceSingleMesh,
            Values values,
            Optional<Duration> timeout,
            boolean atomic) {}

    /** Patience with a namespace of before, where nothing else is to be waited for. */
    private static final Duration UNTIL_GONE = Duration.ofMinutes(1);

    private final Session session;
    private final Chart chart;
    private final Wish wish;

    Installation(Session session, Chart chart, Wish wish) {
        this.session = session;
        this.chart = chart;
        this.wish = wish;
    }

    /** Installs, or fails with the reason. */
    void run() {
        refuse();
        // Helm finds values it cannot use when it writes; by then the namespace and the kinds would be there.
        render();
        var progress = new Progress(session);
        var namespace = new MeshNamespace(session.client(), wish.namespace());
        if (namespace.ending()) {
            progress.waiting("namespace %s is being deleted".formatted(wish.namespace()));
            namespace.awaitEnd(wish.timeout().orElse(UNTIL_GONE));
        }
        var created = namespace.create();
        progress.done("namespace %s %s".formatted(wish.namespace(), created ? "is created" : "was there"));
        try {
            install(progress);
        } catch (RuntimeException failure) {
            throw afterFailure(failure, namespace, created);
        }
    }

    /** Why {@link #run} would refuse to install this, if it would. */
    Optional<String> refusal() {
        try {
            refuse();
            return Optional.empty();
        } catch (Failure refused) {
            return Optional.ofNullable(refused.getMessage());
        }
    }

    /** What {@link #run} would apply, as YAML, whether or not it would refuse to. */
    String preview() {
        var text = new StringBuilder();
        chart.kinds().forEach(kind -> text.append("---\n").append(read(kind)));
        return text.append(render()).toString();
    }

    private String render() {
        return new Releases(session).render(chart, wish.mesh(), wish.namespace(), wish.values());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void refuse() {
        var present = new Meshes(session.client()).all();
        Refusals.check(present, wish.mesh(), wish.namespace(), wish.enforceSingleMesh());
        Refusals.checkReleases(new Releases(session).all(), present, wish.mesh());
    }

    private void install(Progress progress) {
        var applied = new Kinds(session.client()).apply(Kinds.of(chart, session.client()));
        progress.done(applied + " kinds are served");
        new Releases(session).install(chart, wish.mesh(), wish.namespace(), wish.values());
        progress.done("chart osm is applied");
        wish.timeout()
                .ifPresent(timeout ->
                        new Readiness(session.client(), wish.namespace(), wish.mesh()).await(timeout, progress));
    }

    /** What is said of what a failure leaves; holds whether it came before the release or after it. */
    private String stays() {
        return ("What was installed is left for a look at it; `osm uninstall mesh -a --mesh-name %s --osm-namespace %s`"
                        + " removes it, the kinds with all their objects. Without -a these and the namespace stay.")
                .formatted(wish.mesh(), wish.namespace());
    }

    /** Kinds stay even then, as with Helm: objects of theirs may be there already. */
    private RuntimeException afterFailure(RuntimeException failure, MeshNamespace namespace, boolean created) {
        var reason = ClusterFault.reason(failure, session.config());
        if (!wish.atomic()) {
            return new Failure(reason + "\n" + stays(), failure);
        }
        new Releases(session).uninstall(wish.mesh(), wish.namespace());
        if (created) {
            namespace.delete();
        }
        return new Failure(reason + "\nWhat was installed is removed again (--atomic).", failure);
    }
}
