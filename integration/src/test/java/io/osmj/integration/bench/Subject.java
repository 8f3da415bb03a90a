package io.osmj.integration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The control plane that is measured: a process of its own, of the files of its image. */
final class Subject implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final int xdsPort = freePort();
    final int injectorPort = freePort();
    private final int statusPort = freePort();
    private final Scale scale;
    private final Path folder;
    private Process process;
    private int starts;

    /** Starts it; it is not ready yet. */
    Subject(Scale scale, Path folder) {
        this.scale = scale;
        this.folder = folder;
        this.process = start();
    }

    private Process start() {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of(
                "--mesh-name=" + Estate.MESH,
                "--osm-namespace=" + Estate.MESH_NAMESPACE,
                "--xds-port=" + xdsPort,
                "--status-port=" + statusPort,
                "--injector-port=" + injectorPort,
                "--validator-port=0"));
        starts++;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("controller-" + xdsPort + "-" + starts + ".log")
                        .toFile());
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        builder.environment().put("CONTROLLER_POD_NAME", "bench-" + starts);
        builder.environment().put("OSM_DEFAULT_ENVOY_IMAGE", "sidecar");
        builder.environment().put("OSM_DEFAULT_INIT_CONTAINER_IMAGE", "sidecar");
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        if (!scale.jdk) {
            builder.environment().put("LD_PRELOAD", System.getProperty("bench.image") + "/opt/app/native/giveback.so");
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command of the image, with the largest heap and the options that are asked for before the class path. */
    private List<String> program() {
        String image = System.getProperty("bench.image");
        List<String> command = new ArrayList<>();
        command.add((scale.jdk ? System.getProperty("java.home") : image + "/opt/java") + "/bin/java");
        command.addAll(words(arguments(image)));
        List<String> ours = new ArrayList<>(words(scale.jvm));
        ours.add("-Xmx" + scale.heap);
        command.addAll(command.indexOf("-cp"), ours);
        return command;
    }

    private static String arguments(String image) {
        try {
            return Files.readString(Path.of(image, "opt/app/controller.args")).replace("/opt/", image + "/opt/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }

    void awaitReady() {
        Waiting.until("ready", Duration.ofMinutes(3), () -> get("/health/ready").startsWith("200"));
    }

    /** Ends it at once and starts another on the same ports. */
    void restart() {
        close();
        process = start();
    }

    long pid() {
        return process.pid();
    }

    /** Processor seconds since it started. */
    double cpu() {
        return new Consumption(pid()).cpu();
    }

    /** Resident memory in MiB: now (VmRSS), or the most there ever was (VmHWM). */
    double mebibytes(String which) {
        return new Consumption(pid()).mebibytes(which);
    }

    /** Status and body of a page; the fault if there is no answer. */
    String get(String page) {
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + statusPort + page))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return String.valueOf(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
