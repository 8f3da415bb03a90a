package io.osmj.demo.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.osmj.demo.folder.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What an Envoy is started with: the bootstrap that the control plane writes for its pod, in a folder that belongs to the
 * sidecar's user. Two things differ: its administration is on a socket in that folder, where the demo reaches it from outside
 * the pod, and the token is a copy beside it, because the control plane's own files are for its own user only.
 */
final class Bootstrap {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path folder;
    private final String pod;
    private final int user;

    /** Makes the folder, for this user. */
    Bootstrap(Path work, String pod, int user) {
        this.folder = work.resolve("envoy-" + pod);
        this.pod = pod;
        this.user = user;
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            own(folder, user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the Envoy answers about itself. */
    Path adminSocket() {
        return folder.resolve("admin");
    }

    /** Writes the files; returns the path of the bootstrap. */
    Path write(Path state) {
        String name = Member.NAMESPACE + "." + pod;
        try {
            Path token = folder.resolve("token");
            Path given = state.resolve("tokens").resolve(name);
            Files.copy(given, token, StandardCopyOption.REPLACE_EXISTING);
            own(token, user);
            ObjectNode bootstrap = (ObjectNode) YAML.readTree(
                    state.resolve("bootstrap").resolve(name + ".yaml").toFile());
            bootstrap
                    .putObject("admin")
                    .putObject("address")
                    .putObject("pipe")
                    .put("path", adminSocket().toString());
            replace(bootstrap, given.toString(), token.toString());
            Path file = folder.resolve("bootstrap.yaml");
            YAML.writeValue(file.toFile(), bootstrap);
            own(file, user);
            Files.deleteIfExists(adminSocket());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(JsonNode node, String before, String after) {
        for (ObjectNode parent : node.findParents("filename").stream()
                .map(ObjectNode.class::cast)
                .toList()) {
            if (parent.path("filename").asText().equals(before)) {
                parent.set("filename", TextNode.valueOf(after));
            }
        }
    }

    private static void own(Path file, int user) throws IOException {
        Files.setAttribute(file, "unix:uid", user);
    }
}
