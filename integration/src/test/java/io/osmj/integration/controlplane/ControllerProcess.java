package io.osmj.integration.controlplane;

import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.TimeUnit;

/** A control plane as users run it: a JVM of its own with the image's options, but without its archive of classes. */
final class ControllerProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xms16m",
            "-Xmx256m",
            "-XX:NewSize=4m",
            "-XX:NewRatio=6",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:+UseCompactObjectHeaders",
            "-Dio.grpc.netty.shaded.io.netty.allocator.maxOrder=6",
            "-XX:TrimNativeHeapInterval=5000",
            "-Xss512k",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final Path log;
    private final int xdsPort;
    private final int statusPort;

    private ControllerProcess(Process process, Path log, int xdsPort, int statusPort) {
        this.process = process;
        this.log = log;
        this.xdsPort = xdsPort;
        this.statusPort = statusPort;
    }

    /** Starts one, not ready yet. */
    static ControllerProcess start(Path folder, Path kubeconfig, String replica, TestMesh mesh) {
        int xdsPort = freePort();
        int statusPort = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.osmj.controlplane.Controller"));
        command.addAll(List.of(
                "--mesh-name=" + mesh.name(),
                "--osm-namespace=" + mesh.namespace(),
                "--xds-port=" + xdsPort,
                "--status-port=" + statusPort,
                "--injector-port=0",
                "--validator-port=0"));
        Path log = folder.resolve(replica + "-" + xdsPort + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("CONTROLLER_POD_NAME", replica);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        try {
            return new ControllerProcess(builder.start(), log, xdsPort, statusPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ControllerProcess awaitReady() {
        await("ready; log in " + log)
                .atMost(Duration.ofSeconds(60))
                .until(() -> get("/health/ready").equals("200 Health OK"));
        return this;
    }

    int xdsPort() {
        return xdsPort;
    }

    /** Status and body of a page; the fault if there is no answer. */
    String get(String path) {
        URI page = URI.create("http://127.0.0.1:" + statusPort + path);
        try {
            HttpResponse<String> response =
                    HTTP.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return String.valueOf(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as the kubelet does. */
    int terminate(Duration within) {
        process.destroy();
        return exit(within);
    }

    /** Ends it as a node that loses power does. */
    void kill() {
        process.destroyForcibly();
        exit(Duration.ofSeconds(10));
    }

    private int exit(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + within);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
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
