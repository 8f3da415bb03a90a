import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * As much of an API server as the control plane needs: lists, watches over WebSockets, and TLS. Whatever is written is taken as if it
 * had been stored; what is not listed is empty, an object that is asked for by name is not there. Nothing is proven by it.
 */
final class PlayedApiServer {
    private static final Pattern LIST = Pattern.compile("/(api/v1|apis/[^/]+/[^/]+)(/namespaces/[^/]+)?/[^/]+");
    private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Map<String, String> pages;
    private final SSLServerSocket listener;
    private final Map<String, OutputStream> watches = new ConcurrentHashMap<>();

    /**
     * Listens at once.
     *
     * @param pages what is answered, by path; of a list its items alone
     */
    PlayedApiServer(Map<String, String> pages, KeyStore key, char[] password) throws Exception {
        this.pages = pages;
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(key, password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                Map<String, String> headers = new TreeMap<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    String[] parts = header.split(": *", 2);
                    headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
                }
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
                String[] words = first.split(" ", -1);
                if (headers.containsKey("sec-websocket-key")) {
                    watch(out, words[1].replaceAll("\\?.*", ""), headers.get("sec-websocket-key"));
                } else {
                    answer(out, words[0], words[1].replaceAll("\\?.*", ""), new String(body, UTF_8));
                }
            }
        } catch (Exception e) {
            // A client that went away.
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private void answer(OutputStream out, String method, String path, String body) throws IOException {
        if (!method.equals("GET")) {
            String named = body.replaceFirst("\"metadata\":\\{", "\"metadata\":{\"resourceVersion\":\"2\",\"uid\":\"u\",");
            send(out, method.equals("POST") ? "201 Created" : "200 OK", named.isEmpty() ? "{}" : named);
        } else if (LIST.matcher(path).matches()) {
            String items = pages.getOrDefault(path, "");
            send(out, "200 OK", """
                    {"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":"1"},"items":[%s]}""".formatted(items));
        } else if (pages.containsKey(path)) {
            send(out, "200 OK", pages.get(path));
        } else {
            send(out, "404 Not Found", """
                    {"apiVersion":"v1","kind":"Status","status":"Failure","reason":"NotFound","code":404}""");
        }
    }

    private static void send(OutputStream out, String status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "HTTP/1.1 " + status + "\r\ncontent-type: application/json\r\ncontent-length: " + bytes.length;
        out.write((head + "\r\n\r\n").getBytes(UTF_8));
        out.write(bytes);
        out.flush();
    }

    private void watch(OutputStream out, String path, String key) throws Exception {
        String accept = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest((key + WEB_SOCKET).getBytes(UTF_8)));
        String head = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n";
        out.write((head + "sec-websocket-accept: " + accept + "\r\n\r\n").getBytes(UTF_8));
        out.flush();
        watches.put(path, out);
    }

    /** Tells who watches a list of an object of it. */
    void event(String path, String type, String object) throws IOException {
        OutputStream out = watches.get(path);
        if (out == null) {
            throw new IOException("nobody watches " + path + " but " + watches.keySet());
        }
        byte[] text = "{\"type\":\"%s\",\"object\":%s}".formatted(type, object).getBytes(UTF_8);
        out.write(new byte[] {(byte) 0x81, 126, (byte) (text.length >> 8), (byte) text.length});
        out.write(text);
        out.flush();
    }
}
