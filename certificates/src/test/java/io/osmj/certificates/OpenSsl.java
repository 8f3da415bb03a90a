package io.osmj.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The program of that name, as a third opinion. */
public final class OpenSsl {
    private final Path folder;

    /** Works in a folder of its own. */
    public OpenSsl(Path folder) {
        this.folder = folder;
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    }

    /**
     * What a run came to.
     *
     * @param status of its exit
     * @param output both of its streams
     */
    public record Result(int status, String output) {}

    /** Puts a file into the folder and says where it is. */
    public String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** A file that a run has left in the folder. */
    public String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** Runs it. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("openssl does not end: " + output);
        }
        return new Result(process.exitValue(), output);
    }

    /** Verifies a certificate as strictly as RFC 5280 has it. */
    public Result verify(IssuedCertificate issued, TrustBundle bundle, String purpose)
            throws IOException, InterruptedException {
        String roots = file("roots.pem", bundle.pem());
        String leaf = file("leaf.pem", issued.chainPem());
        return run("verify", "-x509_strict", "-purpose", purpose, "-no-CApath", "-no-CAstore", "-CAfile", roots, leaf);
    }
}
