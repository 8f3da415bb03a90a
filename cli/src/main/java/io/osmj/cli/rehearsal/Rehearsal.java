package io.osmj.cli.rehearsal;

import io.osmj.cli.Osm;
import io.osmj.cli.session.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

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

    private Rehearsal() {}

    /**
     * Plays all commands once with each kind of key; their failures are part of the play.
     *
     * @param keyStores PKCS#12 files as {@link Identity#read} takes them
     */
    public static void main(String[] keyStores) throws IOException, GeneralSecurityException {
        var kubeconfig = Files.createTempFile("rehearsal", ".yaml");
        try {
            for (var keyStore : keyStores) {
                try (var cluster = new PlayedCluster(Identity.read(Path.of(keyStore)))) {
                    Files.writeString(kubeconfig, cluster.kubeconfig());
                    COMMANDS.forEach(command -> play(command, kubeconfig));
                }
            }
        } finally {
            Files.delete(kubeconfig);
        }
    }

    private static void play(List<String> command, Path kubeconfig) {
        var words = new ArrayList<>(command);
        words.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        var nowhere = new PrintWriter(new StringWriter());
        var silence = new BufferedReader(new StringReader(""));
        Osm.run(silence, nowhere, nowhere, Paint.PLAIN, words.toArray(String[]::new));
    }
}
