package io.osmj.cli.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What a program was built from.
 *
 * @param version with a v in front
 * @param commit of the source, {@code unknown} in a build that was not told
 * @param date of that commit, {@code unknown} likewise
 */
public record Build(String version, String commit, String date) {
    /** This program. */
    public static Build ofThisProgram() {
        var properties = new Properties();
        try (var file = Build.class.getResourceAsStream("build.properties")) {
            properties.load(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Build(
                properties.getProperty("version"), properties.getProperty("commit"), properties.getProperty("date"));
    }

    /** In the form in which Open Service Mesh shows it. */
    String text() {
        return "version.Info{Version:\"%s\", GitCommit:\"%s\", BuildDate:\"%s\"}".formatted(version, commit, date);
    }
}
