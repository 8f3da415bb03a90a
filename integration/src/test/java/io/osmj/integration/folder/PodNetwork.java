package io.osmj.integration.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A network namespace of its own, in which one pod's address exists and its port leads to the sidecar, as in a cluster. */
public final class PodNetwork implements AutoCloseable {
    private final String name = "osm-folder-" + ProcessHandle.current().pid();
    private final List<Process> processes = new ArrayList<>();

    /** What a program printed, and its exit code. */
    public record Run(int exitCode, String output) {}

    /** A network that goes when it is closed. */
    public PodNetwork() {
        check("ip", "netns", "add", name);
        in("ip", "link", "set", "lo", "up");
    }

    /** Gives the pod its address and leads what is sent to some of its ports to the sidecar. */
    public void pod(String address, int... ports) {
        address(address);
        for (int port : ports) {
            in(
                    "iptables",
                    "-t",
                    "nat",
                    "-A",
                    "OUTPUT",
                    "-p",
                    "tcp",
                    "-d",
                    address,
                    "--dport",
                    String.valueOf(port),
                    "-j",
                    "REDIRECT",
                    "--to-ports",
                    "15003");
        }
    }

    /** An address of somebody else that calls can come from. */
    public void address(String address) {
        in("ip", "address", "add", address + "/32", "dev", "lo");
    }

    /** Starts a program in there; it ends with this network at the latest. */
    public Process start(Path log, List<String> command) {
        try {
            Process process = builder(command).redirectOutput(log.toFile()).start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program in there to its end. */
    public Run run(String... command) {
        return run(builder(List.of(command)), "");
    }

    /** Runs a program in there that reads a text. */
    public Run answering(String input, String... command) {
        return run(builder(List.of(command)), input);
    }

    private void in(String... command) {
        Run run = run(command);
        assertThat(run.exitCode())
                .as(String.join(" ", command) + "\n" + run.output())
                .isZero();
    }

    /** Runs a program outside of any such network, which must end well; what it printed. */
    static String check(String... command) {
        Run run = run(new ProcessBuilder(command).redirectErrorStream(true), "");
        assertThat(run.exitCode())
                .as(String.join(" ", command) + "\n" + run.output())
                .isZero();
        return run.output();
    }

    private static Run run(ProcessBuilder builder, String input) {
        try {
            Process process = builder.start();
            // Left open until the program ends: some take the end of the input for the end of the conversation.
            try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
                if (!input.isEmpty()) {
                    writer.write(input);
                    writer.flush();
                }
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Run(process.waitFor(), output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(Stream.concat(Stream.of("ip", "netns", "exec", name), command.stream())
                        .toList())
                .redirectErrorStream(true);
    }

    @Override
    public void close() {
        try {
            for (Process process : processes.reversed()) {
                process.destroy();
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            check("ip", "netns", "delete", name);
        }
    }
}
