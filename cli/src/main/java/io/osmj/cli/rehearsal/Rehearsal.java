package io.osmj.cli.rehearsal;

import io.fabric8.kubernetes.client.Config;
import io.osmj.cli.Osm;
import io.osmj.cli.session.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Plays the commands that are used most against a cluster that is played too. */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("version", "--client-only"),
            List.of("version"),
            List.of("mesh", "list"),
            List.of("namespace", "list"),
            List.of("namespace", "list", "-o", "json"),
            List.of("check"),
            List.of("nonsense"),
            List.of("--help"));

    private static final List<List<String>> OFFLINE = List.of(
            List.of("validate"),
            List.of("validate", "-o", "sarif"),
            List.of("translate"),
            List.of("policy", "why", "--from", "stage/front", "--to", "stage/back:80", "--method", "PUT"));

    private Rehearsal() {}

    /**
     * Plays the commands that ask a cluster, once for each kubeconfig, or those that need none. Each kind has a cache of its
     * own, because a start loads all that is in one. Failures of the commands are part of the play.
     *
     * @param kubeconfigs lead to clusters that {@link PlayedCluster} plays; none for the commands that need no cluster
     */
    public static void main(String[] kubeconfigs) throws IOException {
        if (kubeconfigs.length == 0) {
            offline();
            return;
        }
        for (var kubeconfig : kubeconfigs) {
            // As most people have it: in the usual place, and not as an option.
            System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, kubeconfig);
            COMMANDS.forEach(Rehearsal::play);
        }
        var first = Security.getProviders()[0].getName();
        if (!first.equals("Conscrypt")) {
            throw new IllegalStateException("the commands did without native TLS; they had that of " + first);
        }
    }

    private static void offline() throws IOException {
        var folder = Files.createTempDirectory("rehearsal");
        var mesh = folder.resolve("mesh.yaml");
        try (var sample = Rehearsal.class.getResourceAsStream("mesh.yaml")) {
            Files.copy(Objects.requireNonNull(sample), mesh);
            OFFLINE.forEach(command -> play(Stream.concat(command.stream(), Stream.of("-f", folder.toString()))
                    .toList()));
        } finally {
            Files.deleteIfExists(mesh);
            Files.delete(folder);
        }
    }

    private static void play(List<String> words) {
        var nowhere = new PrintWriter(new StringWriter());
        var silence = new BufferedReader(new StringReader(""));
        Osm.run(silence, nowhere, nowhere, Paint.ofThisProcess(), words.toArray(String[]::new));
    }
}
