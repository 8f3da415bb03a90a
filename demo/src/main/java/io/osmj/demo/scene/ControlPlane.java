package io.osmj.demo.scene;

import io.osmj.demo.place.Place;
import io.osmj.demo.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The control plane as a process that reads the folder in place of a cluster. */
public final class ControlPlane {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private final Path state;
    private final Program program;

    ControlPlane(Path work, Path folder, Place place, Launch launch) {
        state = work.resolve("state");
        program = new Program(
                Scene.CONTROLLER,
                "Envoys keep what they were told, and no answer changes",
                () -> place.controlPlane(launch.controller(
                        "--from=" + folder,
                        "--state-dir=" + state,
                        "--listen-address=" + place.controlPlaneAddress(),
                        "--status-port=0",
                        "--admin-port=0")),
                work.resolve(Scene.CONTROLLER + ".log"),
                _ -> {});
    }

    /** Its process. */
    public Program program() {
        return program;
    }

    /** The folder in which it keeps tokens, bootstraps and its root of trust. */
    Path state() {
        return state;
    }

    /** The files with the mesh's root of trust, which may be replaced while it runs. */
    public RootFolder root() {
        return new RootFolder(state.resolve("ca"));
    }

    /** Starts the process again after it was killed, and waits until it serves. */
    public void restart() {
        unready();
        program.start();
        awaitReady();
    }

    /** The same if somebody else killed it. */
    void revive() {
        unready();
        program.revive();
        awaitReady();
    }

    private void unready() {
        try {
            Files.deleteIfExists(state.resolve("ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it serves. */
    void awaitReady() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(state.resolve("ready"))) {
            if (!program.alive() || System.nanoTime() > end) {
                throw new IllegalStateException("the control plane does not serve; it printed last:\n" + lastLines());
            }
            Waiting.aMoment();
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(program.log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException e) {
            return "nothing";
        }
    }
}
