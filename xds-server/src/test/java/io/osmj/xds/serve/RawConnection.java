package io.osmj.xds.serve;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 connection of which every frame is seen (RFC 9113, section 4.1). */
final class RawConnection implements AutoCloseable {
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int GOAWAY = 7;

    private final SSLSocket socket;
    private final DataInputStream input;
    private final long opened = System.nanoTime();

    /**
     * A GOAWAY frame (section 6.8).
     *
     * @param error its code, 0 is NO_ERROR
     * @param reason its debug data
     * @param age of the connection when it came
     */
    record GoAway(int error, String reason, Duration age) {}

    RawConnection(TestServer server) throws IOException, GeneralSecurityException {
        socket = (SSLSocket)
                server.authority.clientContext().getSocketFactory().createSocket("127.0.0.1", server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        OutputStream output = socket.getOutputStream();
        output.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        output.write(SETTINGS);
        output.flush();
        input = new DataInputStream(socket.getInputStream());
    }

    /** The next frame of this kind; an {@link java.io.EOFException} if the connection ends before. */
    GoAway goAway() throws IOException {
        while (true) {
            int lengthAndType = input.readInt();
            input.readFully(new byte[5]);
            ByteBuffer payload = ByteBuffer.wrap(input.readNBytes(lengthAndType >>> 8));
            if ((lengthAndType & 0xFF) == GOAWAY) {
                payload.position(Integer.BYTES);
                return new GoAway(
                        payload.getInt(),
                        StandardCharsets.UTF_8.decode(payload).toString(),
                        Duration.ofNanos(System.nanoTime() - opened));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
