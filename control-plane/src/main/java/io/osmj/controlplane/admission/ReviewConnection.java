package io.osmj.controlplane.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.osmj.certificates.TrustBundle;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One connection to a listener of this process, as the API server has it, and one request after the other on it. */
final class ReviewConnection implements AutoCloseable {
    /** The first answer of a process that has just begun, on a machine that is busy. */
    private static final int PATIENCE_MILLIS = 30_000;

    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    private ReviewConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a port of loopback whose certificate is of these roots, whatever name is in it. */
    static ReviewConnection open(int port, TrustBundle roots) throws IOException, GeneralSecurityException {
        Socket socket = trusting(roots).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new ReviewConnection(socket);
    }

    private static SSLContext trusting(TrustBundle roots) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate root : roots.roots()) {
            store.setCertificateEntry(root.getSerialNumber().toString(), root);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Posts JSON, and gives the first line of the answer when all of it has come. */
    String post(String path, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        out.write(head.getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended in the middle of an answer");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
