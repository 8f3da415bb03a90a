package io.osmj.controlplane;

/**
 * In which order the JDK's TLS wants ciphers, towards the API server and in the webhooks. It reads this once, from system properties;
 * what the command line sets stays.
 *
 * <p>ChaCha20 first: without the second compiler, which alone knows the processor's instructions for AES, the JDK does AES-GCM at 10
 * MB/s and ChaCha20-Poly1305 at twice to three times that. Go's servers let the client choose. Those of TLS 1.2 are for API servers
 * behind something old.
 */
final class Ciphers {
    private static final String ORDER = String.join(
            ",",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    private Ciphers() {}

    /** Sets it; has no effect once this process has used TLS. */
    static void set() {
        set("jdk.tls.client.cipherSuites");
        set("jdk.tls.server.cipherSuites");
    }

    private static void set(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, ORDER);
        }
    }
}
