package io.osmj.demo.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * Takes an application's connections to its sidecar where nothing intercepts them, and says first, with a PROXY header, where
 * they are to go. An HTTP client of the JDK cannot say that itself, so it is given an entrance on loopback.
 */
final class Outbound {
    private final InetSocketAddress sidecar;

    Outbound(InetSocketAddress sidecar) {
        this.sidecar = sidecar;
    }

    /** What to dial in place of this URL, whose host is an IPv4 address. */
    URI entrance(URI url) throws IOException {
        ServerSocket entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("outbound").start(() -> accept(entrance, url));
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort() + url.getPath());
    }

    private void accept(ServerSocket entrance, URI url) {
        try (entrance) {
            while (true) {
                Socket caller = entrance.accept();
                Thread.ofVirtual().start(() -> carry(caller, url));
            }
        } catch (IOException e) {
            System.err.println("no more calls to " + url + ": " + e.getMessage());
        }
    }

    /** What ends one side ends the other, so the caller sees a sidecar that is gone. */
    private void carry(Socket caller, URI url) {
        try (caller;
                Socket dialled = new Socket()) {
            dialled.bind(new InetSocketAddress(sidecar.getAddress(), 0));
            dialled.connect(sidecar);
            String header = "PROXY TCP4 " + sidecar.getHostString() + " " + url.getHost() + " " + dialled.getLocalPort()
                    + " " + url.getPort() + "\r\n";
            dialled.getOutputStream().write(header.getBytes(US_ASCII));
            Thread back = Thread.ofVirtual().start(() -> pump(dialled, caller));
            pump(caller, dialled);
            back.join();
        } catch (IOException e) {
            // Both are closed, which is all there is to tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction ends with it.
        }
    }
}
