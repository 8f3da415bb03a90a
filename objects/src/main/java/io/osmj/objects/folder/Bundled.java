package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files of YAML that this program brings. */
final class Bundled {
    private Bundled() {}

    /** The first document of a file, by its path below {@code io/osmj/objects}. */
    static ObjectNode yaml(String file) {
        try (InputStream in = Bundled.class.getResourceAsStream("/io/osmj/objects/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the file " + file + " is missing in this program");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return YamlObjects.parse(file, text).objects().getFirst().tree();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
