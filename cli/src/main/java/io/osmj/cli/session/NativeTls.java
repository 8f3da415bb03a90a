package io.osmj.cli.session;

import java.security.Provider;
import java.security.Security;
import java.util.Set;
import org.conscrypt.Conscrypt;

/**
 * TLS by BoringSSL, and what of keys and certificates belongs to it. A command is over before the JDK's own is compiled: interpreted,
 * a handshake takes longer than all the rest of a command.
 */
final class NativeTls {
    private static final Set<String> EXCHANGE = Set.of("XDH", "X25519");

    private static final Set<String> CURVES = Set.of("AlgorithmParameters.EC");

    private static boolean asked;

    private NativeTls() {}

    /** Loads it on a thread of its own while the command line and the kubeconfig are read, which takes as long. */
    static void begin() {
        Thread.ofPlatform().daemon().name("tls").start(NativeTls::install);
    }

    /** Whoever asks for TLS from now on gets it from there; from the JDK, later, where the library cannot be loaded. */
    static synchronized void install() {
        if (!asked && Conscrypt.isAvailable()) {
            Security.insertProviderAt(provider(), 1);
        }
        asked = true;
    }

    /**
     * Whoever in this process has TLS from the JDK keeps it: for its exchange of keys it asks the first provider in a way that this one
     * does not know, and when it is loaded, which the JDK's HTTP client does for plain HTTP too, for curves at which this one throws what
     * nobody expects.
     */
    private static Provider provider() {
        Provider provider =
                Conscrypt.newProviderBuilder().provideTrustManager(true).build();
        provider.getServices().stream()
                .filter(NativeTls::isLeftToTheJdk)
                .map(NativeTls::name)
                .toList()
                .forEach(provider::remove);
        return provider;
    }

    private static boolean isLeftToTheJdk(Provider.Service service) {
        return EXCHANGE.contains(service.getAlgorithm()) || CURVES.contains(name(service));
    }

    private static String name(Provider.Service service) {
        return service.getType() + "." + service.getAlgorithm();
    }
}
