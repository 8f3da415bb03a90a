package io.osmj.integration.bench;

import io.osmj.demo.place.Place;
import io.osmj.demo.place.PodPlace;
import io.osmj.integration.folder.FolderProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The control plane as a process that serves a folder, and what it writes for the sidecars of that mesh. */
final class FolderController implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path work;
    private final Path state;
    private final int user;
    private final Process process;

    /** Starts it and waits until it serves. */
    FolderController(Path work, Path folder, Place place) {
        this.work = work;
        this.state = work.resolve("state");
        this.user = place.sidecarUser();
        List<String> command = FolderProgram.command(
                folder, state, "--listen-address=" + place.controlPlaneAddress(), "--status-port=0");
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(work.resolve("controller.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Waiting.until("the control plane serves", LONGEST, () -> Files.exists(state.resolve("ready")));
    }

    /** A copy of what a pod's Envoy is started with and of its token, for the sidecar's user, who may not see the control plane's files. */
    Path bootstrap(PodPlace pod, String name) {
        String file = ServiceFolder.NAMESPACE + "." + name;
        try {
            Path folder = Files.createDirectories(work.resolve("sidecar-" + pod.name()));
            Path given = state.resolve("tokens").resolve(file);
            Path token = owned(folder.resolve("token"), Files.readString(given));
            String bootstrap = Files.readString(state.resolve("bootstrap").resolve(file + ".yaml"));
            return owned(folder.resolve("bootstrap.yaml"), bootstrap.replace(given.toString(), token.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path owned(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setAttribute(file, "unix:uid", user);
        return file;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
