package io.osmj.controlplane.admission;

import static java.net.HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
import static java.net.HttpURLConnection.HTTP_UNAVAILABLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads request bodies within limits: each one may be so large, and all that are in hand together may be so large. Memory is
 * taken as bytes arrive, so a caller who only promises a large body holds nothing.
 */
final class BodyReader {
    /** The API server stores objects of up to 1.5 MiB, and a review of an update holds two. */
    static final int LARGEST = 3 * 1024 * 1024 + 512 * 1024;

    private static final int PIECE = 64 * 1024;
    private static final int PIECES_IN_HAND = 1024;

    private final Semaphore pieces = new Semaphore(PIECES_IN_HAND);

    /** A body; it counts as in hand until it is closed. */
    final class Body implements AutoCloseable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int held;

        byte[] bytes() {
            return bytes.toByteArray();
        }

        private void take() throws MalformedRequestException {
            if (!pieces.tryAcquire()) {
                throw new MalformedRequestException(HTTP_UNAVAILABLE, "Too many requests are in hand; try again.");
            }
            held++;
        }

        private void fill(InputStream in) throws IOException, MalformedRequestException {
            byte[] piece = new byte[PIECE];
            int read = in.read(piece);
            while (read >= 0) {
                if (bytes.size() + read > (long) held * PIECE) {
                    take();
                }
                bytes.write(piece, 0, read);
                refuseAbove(bytes.size());
                read = in.read(piece);
            }
        }

        @Override
        public void close() {
            pieces.release(held);
            held = 0;
        }
    }

    /**
     * Reads a whole body.
     *
     * @param announced the length that the request claims, negative when it claims none
     */
    Body read(InputStream in, long announced) throws IOException, MalformedRequestException {
        refuseAbove(announced);
        Body body = new Body();
        try {
            body.fill(in);
            return body;
        } catch (IOException | MalformedRequestException | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private static void refuseAbove(long size) throws MalformedRequestException {
        if (size > LARGEST) {
            throw new MalformedRequestException(
                    HTTP_ENTITY_TOO_LARGE, "The request is larger than " + LARGEST + " bytes.");
        }
    }
}
