package io.osmj.cli.install;

import com.marcnuri.helm.Helm;
import io.osmj.cli.session.CredentialsFile;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The chart's releases, by Helm as a library. */
final class Releases {
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
