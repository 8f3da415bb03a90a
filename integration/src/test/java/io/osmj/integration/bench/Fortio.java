package io.osmj.integration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.demo.place.Place;
import io.osmj.demo.place.PodPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The load generator, and the application that sends back what it gets. */
record Fortio(Path program, Place place, Path folder) {
    private static final String SIZE = "1024";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What one run of load met: the time of each request in ms, and how many were answered otherwise than 200. */
    record Run(Samples latency, int failed) {}

    /** Starts the application of a pod. */
    void serve(PodPlace pod) {
        String off = "disabled";
        List<String> command = List.of(
                program.toString(),
                "server",
                "-http-port",
                Integer.toString(pod.port()),
                "-grpc-port",
                off,
                "-tcp-port",
                off,
                "-udp-port",
                off,
                "-redirect-port",
                off,
                "-quiet");
        start(place.application(pod, command), "application-" + pod.name());
    }

    /** The status of the answer to a POST of 1 KB; 0 if there is none. */
    int post(PodPlace from, String url, String... headers) {
        List<String> options = new ArrayList<>(List.of("-n", "1", "-c", "1", "-qps", "0", "-allow-initial-errors"));
        for (String header : headers) {
            options.addAll(List.of("-H", header));
        }
        JsonNode codes = run(from, url, options).path("RetCodes");
        int code = codes.isEmpty() ? 0 : Integer.parseInt(codes.fieldNames().next());
        return Math.max(0, code);
    }

    /** As many requests as are due at this rate, whether those before are answered or not as far as connections suffice. */
    Run load(PodPlace from, String url, int rate, int connections, int seconds) {
        Path times = folder.resolve("times");
        JsonNode result = run(
                from,
                url,
                List.of(
                        "-qps",
                        Integer.toString(rate),
                        "-c",
                        Integer.toString(connections),
                        "-t",
                        seconds + "s",
                        "-uniform",
                        "-nocatchup",
                        "-access-log-file",
                        times.toString(),
                        "-access-log-format",
                        "json"));
        JsonNode codes = result.path("RetCodes");
        int requests = result.path("DurationHistogram").path("Count").asInt();
        Samples latency = new Samples();
        try {
            for (String line : Files.readAllLines(times)) {
                latency.add(JSON.readTree(line).path("latency").asDouble() * 1000);
            }
            Files.delete(times);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Run(latency, requests - codes.path("200").asInt());
    }

    private JsonNode run(PodPlace from, String url, List<String> options) {
        Path result = folder.resolve("result.json");
        List<String> command = new ArrayList<>(List.of(program.toString(), "load", "-quiet", "-json"));
        command.addAll(List.of(result.toString(), "-payload-size", SIZE));
        command.addAll(options);
        command.add(url);
        try {
            Files.deleteIfExists(result);
            start(place.application(from, command), "load").onExit().join();
            return Files.exists(result) ? JSON.readTree(result.toFile()) : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(List<String> command, String log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(log + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
