package io.osmj.cli.install;

import com.marcnuri.helm.Helm;
import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.session.CredentialsFile;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The chart's releases, by Helm as a library. */
final class Releases {
    /** The chart and its version. */
    private static final Pattern CHART = Pattern.compile("osm-v?[0-9].*");

    private final Session session;

    Releases(Session session) {
        this.session = session;
    }

    /** Installs the chart without its kinds, and without waiting for what it starts. */
    void install(Chart chart, String name, String namespace, Values values) {
        var release = withFile(
                values,
                file -> new Helm(chart.folder())
                        .install()
                        .withName(name)
                        .withNamespace(namespace)
                        .skipCrds()
                        .withValuesFile(file)
                        .withKubeConfigContents(CredentialsFile.of(session.config()))
                        .call());
        session.debug("Helm release " + release.getName() + " is " + release.getStatus());
    }

    /** What would be installed, as YAML. */
    String render(Chart chart, String name, String namespace, Values values) {
        var version = session.client().getKubernetesVersion().getGitVersion();
        return withFile(
                values,
                file -> new Helm(chart.folder())
                        .template()
                        .withName(name)
                        .withNamespace(namespace)
                        .skipCrds()
                        .withKubeVersion(version)
                        .withValuesFile(file)
                        .call());
    }

    private static <T> T withFile(Values values, Function<Path, T> use) {
        try {
            var file = Files.createTempFile("osm-values", ".yaml");
            try {
                Files.writeString(file, values.asYaml());
                return use.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (IllegalStateException refused) {
            throw new Failure(String.valueOf(refused.getMessage()).strip(), refused);
        }
    }

    /**
     * The meshes that are installed as releases of the chart in any namespace, whatever became of their objects. The name of a release
     * is that of its mesh.
     */
    List<Mesh> all() {
        try {
            return Helm.list()
                    .allNamespaces()
                    .all()
                    .withKubeConfigContents(CredentialsFile.of(session.config()))
                    .call()
                    .stream()
                    .filter(release -> CHART.matcher(release.getChart()).matches())
                    .map(release -> new Mesh(release.getName(), release.getNamespace(), release.getAppVersion(), false))
                    .sorted()
                    .toList();
        } catch (IllegalStateException failure) {
            throw new Failure(
                    "the Helm releases cannot be listed: "
                            + String.valueOf(failure.getMessage()).strip(),
                    failure);
        }
    }

    /** Removes a release and what it installed. Returns whether there was one. */
    boolean uninstall(String name, String namespace) {
        try {
            Helm.uninstall(name)
                    .withNamespace(namespace)
                    .withKubeConfigContents(CredentialsFile.of(session.config()))
                    .call();
            return true;
        } catch (IllegalStateException failure) {
            if (String.valueOf(failure.getMessage()).contains("release: not found")) {
                return false;
            }
            throw new Failure(String.valueOf(failure.getMessage()).strip(), failure);
        }
    }
}
