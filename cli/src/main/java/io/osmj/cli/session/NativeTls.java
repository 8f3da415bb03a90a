package io.osmj.cli.session;

import java.security.Security;
import org.conscrypt.Conscrypt;

/**
 * TLS by BoringSSL, and what of keys and certificates belongs to it. A command is over before the JDK's own is compiled: interpreted,
 * a handshake takes longer than all the rest of a command.
 */
final class NativeTls {
    private static boolean asked;

    private NativeTls() {}

    /** Loads it on a thread of its own while the command line and the kubeconfig are read, which takes as long. */
    static void begin() {
        Thread.ofPlatform().daemon().name("tls").start(NativeTls::install);
    }

    /** Whoever asks for TLS from now on gets it from there; from the JDK, later, where the library cannot be loaded. */
    static synchronized void install() {
        if (!asked && Conscrypt.isAvailable()) {
            Security.insertProviderAt(
                    Conscrypt.newProviderBuilder().provideTrustManager(true).build(), 1);
        }
        asked = true;
    }
}
