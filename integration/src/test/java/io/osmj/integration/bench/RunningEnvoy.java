package io.osmj.integration.bench;

import io.osmj.demo.place.Place;
import io.osmj.demo.place.PodPlace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An Envoy beside an application, with one worker. Its access log goes into a pipe, as a container's does, and is thrown away. */
final class RunningEnvoy implements AutoCloseable {
    private final Process process;

    /**
     * Starts it; it may not listen yet.
     *
     * @param program the program, with what is before it
     */
    RunningEnvoy(Place place, PodPlace pod, List<String> program, Path config, Path log) {
        List<String> options = List.of(
                "--config-path",
                config.toString(),
                "--concurrency",
                "1",
                "--log-level",
                "warning",
                "--disable-hot-restart");
        List<String> command = Stream.concat(program.stream(), options.stream()).toList();
        try {
            process = new ProcessBuilder(place.sidecar(pod, command))
                    .redirectError(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> {
            try {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It ended.
            }
        });
    }

    Consumption consumption() {
        return new Consumption(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
