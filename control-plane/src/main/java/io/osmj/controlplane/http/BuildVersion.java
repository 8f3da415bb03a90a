package io.osmj.controlplane.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built and when, under the names that OSM's {@code /version} has.
 *
 * @param version of the release
 * @param gitCommit the source it was built from
 * @param buildDate of the source, so that two builds of one source are equal
 */
public record BuildVersion(
        @JsonProperty("version") String version,
        @JsonProperty("git_commit") String gitCommit,
        @JsonProperty("build_date") String buildDate) {
    private static final String FILE = "/io/osmj/controlplane/build.properties";

    /**
     * The version with what the build wrote down.
     *
     * @param version as the installation calls it
     */
    public static BuildVersion of(String version) {
        Properties build = new Properties();
        try (InputStream file = BuildVersion.class.getResourceAsStream(FILE)) {
            if (file != null) {
                build.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
        return new BuildVersion(
                version.isEmpty() ? build.getProperty("version", "unknown") : version,
                build.getProperty("commit", "unknown"),
                build.getProperty("date", "unknown"));
    }
}
