package io.osmj.demo.scene;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Asks an Envoy's administration, which listens on a socket in the file system: it is reached from outside the pod's network
 * and from nowhere else. The JDK's HTTP client knows no such sockets.
 */
final class AdminSocket {
    private static final String LINE_END = "\r\n";

    private AdminSocket() {}

    /** The body of the answer to a GET. */
    static String get(Path socket, String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = "GET " + path + " HTTP/1.1" + LINE_END + "host: admin" + LINE_END + "connection: close"
                    + LINE_END + LINE_END;
            channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
            return body(readAll(channel));
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(64 * 1024);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toByteArray();
    }

    /** One byte is one character here, so that the lengths of chunks count as they stand. */
    private static String body(byte[] answer) throws IOException {
        String text = new String(answer, ISO_8859_1);
        int end = text.indexOf(LINE_END + LINE_END);
        if (end < 0 || !text.startsWith("HTTP/1.1 200")) {
            throw new IOException("Envoy's administration answered: "
                    + text.lines().findFirst().orElse("nothing"));
        }
        String head = text.substring(0, end).toLowerCase(java.util.Locale.ROOT);
        String rest = text.substring(end + 4);
        String body = head.contains("transfer-encoding: chunked") ? joined(rest) : rest;
        return new String(body.getBytes(ISO_8859_1), UTF_8);
    }

    private static String joined(String chunks) throws IOException {
        var body = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = chunks.indexOf(LINE_END, at);
            if (lineEnd < 0) {
                throw new IOException("Envoy's administration broke off");
            }
            int length = Integer.parseInt(chunks.substring(at, lineEnd).strip(), 16);
            if (length == 0) {
                return body.toString();
            }
            int start = lineEnd + LINE_END.length();
            body.append(chunks, start, start + length);
            at = start + length + LINE_END.length();
        }
    }
}
