package io.osmj.integration.walkthrough;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Manifests that lie beside the tests. */
final class Resource {
    private Resource() {}

    static String text(String path) {
        try (InputStream content = Objects.requireNonNull(Resource.class.getResourceAsStream(path), path)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
