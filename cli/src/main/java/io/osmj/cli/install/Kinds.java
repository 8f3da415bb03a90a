package io.osmj.cli.install;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.cli.session.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds (CustomResourceDefinitions) of the mesh. Helm installs those of a chart once and never updates them, so they are
 * applied here. A kind of the same name that somebody else brought, such as SMI's with another mesh, is left as it is as
 * long as it serves the version that is needed; it is not removed with ours either.
 */
public final class Kinds {
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String OURS = "openservicemesh.io";
    private static final int ESTABLISHED_SECONDS = 30;

    private final KubernetesClient client;

    public Kinds(KubernetesClient client) {
        this.client = client;
    }

    /** The kinds that a chart brings. */
    public static List<CustomResourceDefinition> of(Chart chart, KubernetesClient client) {
        return chart.kinds().stream().map(file -> read(file, client)).toList();
    }

    /** Applies the kinds and waits until the API server serves them. Returns how many were changed or confirmed. */
    public int apply(List<CustomResourceDefinition> kinds) {
        var ours = kinds.stream().filter(this::mayApply).toList();
        ours.forEach(kind ->
                client.resource(kind).fieldManager("osm").forceConflicts().serverSideApply());
        ours.forEach(
                kind -> client.resource(kind).waitUntilCondition(Kinds::established, ESTABLISHED_SECONDS, SECONDS));
        return ours.size();
    }

    /** The kind of this name that is ours to remove, if there is one. */
    public Optional<CustomResourceDefinition> ours(String name) {
        return Optional.ofNullable(get(name)).filter(Kinds::isOurs);
    }

    /** Removes a kind with all its objects, and waits until it is gone. */
    public void delete(CustomResourceDefinition kind) {
        client.resource(kind).withTimeout(ESTABLISHED_SECONDS, SECONDS).delete();
    }

    private boolean mayApply(CustomResourceDefinition kind) {
        var present = get(kind.getMetadata().getName());
        if (present == null || isOurs(present)) {
            return true;
        }
        var needed = kind.getSpec().getVersions().getFirst().getName();
        var serves = present.getSpec().getVersions().stream()
                .anyMatch(version -> version.getName().equals(needed) && Boolean.TRUE.equals(version.getServed()));
        if (!serves) {
            throw new Failure("CustomResourceDefinition %s belongs to somebody else and does not serve %s: remove it,"
                            .formatted(kind.getMetadata().getName(), needed)
                    + " or label it " + LABEL + "=" + OURS + " to have it replaced");
        }
        return false;
    }

    private @Nullable CustomResourceDefinition get(String name) {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .get();
    }

    private static boolean isOurs(CustomResourceDefinition kind) {
        var labels = kind.getMetadata().getLabels();
        return labels != null && OURS.equals(labels.get(LABEL));
    }

    /** Whether the API server serves the kind. */
    public static boolean established(@Nullable CustomResourceDefinition kind) {
        return kind != null
                && kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static CustomResourceDefinition read(Path file, KubernetesClient client) {
        try {
            return client.getKubernetesSerialization()
                    .unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException failure) {
            throw new UncheckedIOException("error loading chart for installation: " + file, failure);
        }
    }
}
