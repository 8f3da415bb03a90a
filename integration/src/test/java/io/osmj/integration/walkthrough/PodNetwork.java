package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at packets and connections inside the network namespace of a pod, from the node it runs on. */
final class PodNetwork {
    private final Scene scene;
    private final String pid;
    private final String address;

    private PodNetwork(Scene scene, String pid, String address) {
        this.scene = scene;
        this.pid = pid;
        this.address = address;
    }

    /** The network of a pod that runs on this machine. */
    static PodNetwork of(Scene scene, JsonNode pod) {
        String uid = pod.path("metadata").path("uid").asText();
        return new PodNetwork(
                scene, processOf(uid), pod.path("status").path("podIP").asText());
    }

    String address() {
        return address;
    }

    /** Runs a program in the pod's network with the node's file system. */
    Shell.Result run(String... command) {
        return scene.run(inside(command));
    }

    /** Starts a program in the pod's network with the node's file system; who asks ends it. */
    Process start(String... command) {
        return scene.start(inside(command));
    }

    /** Starts a capture; packets are written as they are seen. */
    Capture capture(String networkInterface, String filter) {
        try {
            Path file = Files.createTempFile("capture", ".pcap");
            Process process = scene.start(inside(
                    "tcpdump",
                    "-i",
                    networkInterface,
                    "-U",
                    "--immediate-mode",
                    "-s",
                    "0",
                    "-w",
                    file.toString(),
                    "-Z",
                    "root",
                    filter));
            return new Capture(scene, process, file).awaitStart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the pod's main process at once, as a crash would, and checks that it is the program meant. */
    void kill(String program) {
        assertThat(scene.run("readlink", "/proc/" + pid + "/exe").output()).contains(program);
        assertThat(scene.run("kill", "-9", pid).exitCode()).isZero();
    }

    /** The ports that the kernel gives to no outgoing connection of the pod. */
    List<String> reservedPorts() {
        String list = run("cat", "/proc/sys/net/ipv4/ip_local_reserved_ports").output();
        return List.of(list.strip().split(",", -1));
    }

    /** Tries to connect as an ordinary process of the pod would; whether it worked within a second. */
    boolean connects(String host, int port) {
        return run("timeout", "1", "bash", "-c", "exec 3<>/dev/tcp/" + host + "/" + port)
                .succeeded();
    }

    /** Whether connecting to that place sends packets there past the sidecar. */
    boolean leavesPastTheSidecar(String host, int port) {
        String filter = "tcp[tcpflags] & tcp-syn != 0 and dst host " + host + " and dst port " + port;
        try (Capture capture = capture("eth0", filter)) {
            connects(host, port);
            return !capture.packets().isEmpty();
        }
    }

    private String[] inside(String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", pid, "-n", "--"));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    /** Kubelet puts a pod's UID into the name of its control group, with dashes or with underscores. */
    private static String processOf(String uid) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<String> found = processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process ->
                            groupsOf(process).contains(uid) || groupsOf(process).contains(uid.replace('-', '_')))
                    .map(process -> process.getFileName().toString())
                    .filter(process -> !processName(process).equals("pause"))
                    .toList();
            assertThat(found).as("processes of pod " + uid + " on this machine").isNotEmpty();
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String processName(String process) {
        try {
            return Files.readString(Path.of("/proc", process, "comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String groupsOf(Path process) {
        try {
            return Files.readString(process.resolve("cgroup"));
        } catch (IOException e) {
            return "";
        }
    }
}
