package io.osmj.injector.intercept;

import io.osmj.core.intercept.Interception;
import io.osmj.core.names.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces with two cables between them. The one is a pod; every connection that reaches the other, whatever
 * address it is for, is answered {@link Answer#WORLD}.
 *
 * <p>In the pod listen a stand-in for each of the sidecar's two listeners and, on some ports, an application.
 */
final class Lab implements AutoCloseable {
    static final String POD_IP = "10.9.0.2";
    static final String POD_IP_OF_SECOND_CABLE = "10.8.0.2";
    static final String WORLD_BY_SECOND_CABLE = "10.8.0.1";
    static final int APPLICATION = 8080;
    static final int OTHER_APPLICATION = 9090;
    static final int SIDECAR_USER = 1500;
    private static final int CATCH_ALL = 9;

    private final String pod = "osm-pod-" + ProcessHandle.current().pid();
    private final String world = "osm-world-" + ProcessHandle.current().pid();
    private final List<ServerSocket> listeners = new ArrayList<>();

    /** Who took a connection. */
    enum Answer {
        OUTBOUND,
        INBOUND,
        APPLICATION,
        WORLD
    }

    Lab() throws Exception {
        for (String namespace : List.of(pod, world)) {
            run("ip", "netns", "add", namespace);
            run("ip", "-n", namespace, "link", "set", "lo", "up");
        }
        cable("eth0", "10.9.0");
        cable("eth1", "10.8.0");
        run("ip", "-n", pod, "route", "add", "default", "via", "10.9.0.1");
        load(
                world,
                "iptables-restore",
                "*nat\n-A PREROUTING -p tcp -j REDIRECT --to-ports " + CATCH_ALL + "\nCOMMIT\n");
        listen(world, CATCH_ALL, Answer.WORLD);
        listen(pod, Ports.OUTBOUND, Answer.OUTBOUND);
        listen(pod, Ports.INBOUND, Answer.INBOUND);
        for (int port : new int[] {APPLICATION, OTHER_APPLICATION, Ports.METRICS, Ports.LIVENESS, Ports.READINESS}) {
            listen(pod, port, Answer.APPLICATION);
        }
        listen(pod, Ports.STARTUP, Answer.APPLICATION);
        listen(pod, Ports.SIDECAR_HEALTH, Answer.APPLICATION);
    }

    /** Replaces the pod's rules by those of these lists, with this program. */
    void intercept(String program, Interception lists) throws IOException {
        load(pod, program, "*nat\n-F\nCOMMIT\n");
        load(pod, program, RulesText.of(lists));
    }

    /** Loads rules into the pod beside those that are there. */
    void load(String program, String rules) throws IOException {
        load(pod, program, rules);
    }

    /** Who answers a connection that a process of the pod opens as this user. */
    Answer fromPod(int user, String ip, int port) throws Exception {
        return fromPod(user, "0.0.0.0", ip, port);
    }

    /** The same from a source address. */
    Answer fromPod(int user, String source, String ip, int port) throws Exception {
        return Kernel.in(pod, user, () -> ask(source, ip, port));
    }

    /** Who in the pod answers a connection from outside. */
    Answer fromWorld(String ip, int port) throws Exception {
        return Kernel.in(world, 0, () -> ask("0.0.0.0", ip, port));
    }

    /** Who answers each of these destinations, asked one after the other by an application of the pod. */
    List<Answer> fromPod(List<InetSocketAddress> destinations) throws Exception {
        return Kernel.in(pod, 0, () -> {
            List<Answer> answers = new ArrayList<>();
            for (InetSocketAddress destination : destinations) {
                answers.add(ask("0.0.0.0", destination.getHostString(), destination.getPort()));
            }
            return answers;
        });
    }

    private static Answer ask(String source, String ip, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(address(source, 0));
            socket.connect(address(ip, port), 2000);
            socket.setSoTimeout(2000);
            return Answer.valueOf(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    private static InetSocketAddress address(String ip, int port) throws UnknownHostException {
        return new InetSocketAddress(ip, port);
    }

    private void cable(String name, String network) throws IOException {
        run("ip", "link", "add", name, "netns", pod, "type", "veth", "peer", "name", name, "netns", world);
        run("ip", "-n", pod, "address", "add", network + ".2/24", "dev", name);
        run("ip", "-n", world, "address", "add", network + ".1/24", "dev", name);
        run("ip", "-n", pod, "link", "set", name, "up");
        run("ip", "-n", world, "link", "set", name, "up");
    }

    private void listen(String namespace, int port, Answer answer) throws Exception {
        ServerSocket listener = Kernel.in(namespace, 0, () -> {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address("0.0.0.0", port), 200);
            return socket;
        });
        listeners.add(listener);
        Thread.ofPlatform().daemon().start(() -> answer(listener, answer));
    }

    private static void answer(ServerSocket listener, Answer answer) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getOutputStream().write(answer.name().getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closed) {
                // The one who asked, or the lab, has gone; the loop's own question tells which.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void load(String namespace, String program, String rules) throws IOException {
        Path file = Files.createTempFile("rules", "");
        Files.writeString(file, rules);
        run("ip", "netns", "exec", namespace, program, "--wait", "5", "--noflush", file.toString());
        Files.delete(file);
    }

    static void run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XTABLES_LOCKFILE", "/dev/null");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        run("ip", "netns", "delete", pod);
        run("ip", "netns", "delete", world);
    }
}
