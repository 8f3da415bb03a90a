package io.osmj.integration.ondemand;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection that the application of the pod opens. HTTP is written by hand, so that a test says every byte of it. */
final class Client implements AutoCloseable {
    private final String address;
    private final Socket socket;
    private final InputStream input;
    private boolean announcedEnd;

    /** How a request ended, and how long that took. Status 0 is a connection that ended without an answer. */
    record Answer(int status, String body, Duration took) {}

    private Client(String address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    static Client dial(Namespace pod, String address, int port) {
        return pod.call(() -> {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(address, port), 5_000);
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            return new Client(address, socket);
        });
    }

    /** Speaks TLS from here on; empty when the other end does not. */
    Optional<Client> greetWithTls(SSLContext context, String serverName) {
        try {
            SSLSocket wrapped =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, serverName, socket.getPort(), true);
            wrapped.startHandshake();
            return Optional.of(new Client(address, wrapped));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One request on a connection of its own. */
    static Answer get(Namespace pod, String address, int port, String... headers) {
        try (Client client = dial(pod, address, port)) {
            return client.request("GET", new byte[0], headers);
        }
    }

    Answer get(String... headers) {
        return request("GET", new byte[0], headers);
    }

    /** Sends a request and reads its answer. Headers are whole lines; without a {@code Host} the dialled address is it. */
    Answer request(String method, byte[] body, String... headers) {
        if (announcedEnd) {
            throw new IllegalStateException("the other end said that it closes the connection after its last answer");
        }
        long start = System.nanoTime();
        StringBuilder head = new StringBuilder(method + " / HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            host |= header.toLowerCase(Locale.ROOT).startsWith("host:");
        }
        head.append(host ? "" : "Host: " + address + "\r\n");
        head.append(body.length > 0 ? "Content-Length: " + body.length + "\r\n\r\n" : "\r\n");
        Thread.ofPlatform().daemon().start(() -> write(head.toString(), body));
        Answer answer = read();
        return new Answer(answer.status(), answer.body(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** While the answer is read, as clients do that take an early no for an answer. */
    private void write(String head, byte[] body) {
        try {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
        } catch (IOException _) {
            // The other end has heard enough; what it answered tells.
        }
    }

    private Answer read() {
        try {
            String status = line();
            if (status.isEmpty()) {
                return new Answer(0, "", Duration.ZERO);
            }
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            announcedEnd = headers.getOrDefault("connection", "").equals("close");
            byte[] body = input.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            return new Answer(
                    Integer.parseInt(status.substring(9, 12)), new String(body, StandardCharsets.UTF_8), Duration.ZERO);
        } catch (IOException e) {
            return new Answer(0, e.toString(), Duration.ZERO);
        }
    }

    /** The next line without its end; empty at the end of the stream. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** The first line that the other end says, or what became of the connection instead: {@code closed}. */
    String greeting() {
        try {
            String line = line();
            return line.isEmpty() ? "closed" : line;
        } catch (IOException e) {
            return "closed";
        }
    }

    /** What comes back for a line. */
    String echo(String line) {
        try {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "closed";
        }
        return greeting();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
