package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.settings.TlsVersion;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what sidecars speak among each other. It takes effect on every sidecar at once, and a proxy refuses all that holds a word
 * it does not know, so here only what a proxy can use is let through.
 */
final class TlsReader {
    private static final Set<String> CIPHERS = Set.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA");
    private static final Set<String> CURVES = Set.of(
            "X25519", "P-256", "P-384", "P-521", "X25519MLKEM768", "x25519", "prime256v1", "secp384r1", "secp521r1");

    private TlsReader() {}

    static SidecarSettings.Tls read(FieldReader sidecar) {
        TlsVersion minimum = version(sidecar, "tlsMinProtocolVersion", TlsVersion.TLSv1_2);
        return new SidecarSettings.Tls(
                minimum,
                maximum(sidecar, minimum),
                sidecar.list(
                        "cipherSuites",
                        ProblemCode.M1005,
                        "a cipher suite that Envoy knows, such as ECDHE-ECDSA-AES128-GCM-SHA256",
                        oneOf(CIPHERS)),
                sidecar.list(
                        "ecdhCurves", ProblemCode.M1005, "a curve that Envoy knows, such as P-256", oneOf(CURVES)));
    }

    /** Proxies that speak nothing up to what they must not go below take the setting and fail each handshake. */
    private static TlsVersion maximum(FieldReader sidecar, TlsVersion minimum) {
        TlsVersion maximum = version(sidecar, "tlsMaxProtocolVersion", TlsVersion.TLSv1_3);
        TlsVersion oldest = minimum == TlsVersion.TLS_AUTO ? TlsVersion.TLSv1_2 : minimum;
        if (maximum == TlsVersion.TLS_AUTO || maximum.compareTo(oldest) >= 0) {
            return maximum;
        }
        sidecar.problem(
                ProblemCode.M1005,
                "tlsMaxProtocolVersion",
                "'" + maximum + "' is older than the oldest version allowed, so " + oldest + " is used.",
                oldest + " or a newer version");
        return oldest;
    }

    private static Function<JsonNode, Optional<String>> oneOf(Set<String> names) {
        return item -> Optional.of(item.asText()).filter(names::contains);
    }

    private static TlsVersion version(FieldReader sidecar, String field, TlsVersion absent) {
        String text = sidecar.text(field, absent.name());
        for (TlsVersion version : TlsVersion.values()) {
            if (version.name().equals(text)) {
                return version;
            }
        }
        sidecar.problem(
                ProblemCode.M1005,
                field,
                "'" + text + "' is not a TLS version, so " + absent + " is used.",
                "TLS_AUTO, TLSv1_0, TLSv1_1, TLSv1_2 or TLSv1_3");
        return absent;
    }
}
