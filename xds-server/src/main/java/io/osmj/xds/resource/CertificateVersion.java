package io.osmj.xds.resource;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a proxy's certificate. Every server issues one of its own, so a hash of the content would say no more than that
 * it is another. This says what the proxy has, so that a server which knows nothing of it yet can let it be.
 *
 * @param origin stands for the identity and the root
 * @param end after which nobody accepts the certificate
 * @param enough a certificate of the same origin that a proxy brings will do if it does not end before this
 */
public record CertificateVersion(String origin, Instant end, Instant enough) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]+)\\.(\\d{1,11})\\.(\\d{1,11})");

    /** The version of a certificate for this identity that leads to these roots. */
    public static CertificateVersion of(String identity, String rootsPem, Instant end, Instant enough) {
        return new CertificateVersion(
                Serialisation.version(ByteString.copyFromUtf8(identity + "\n" + rootsPem)), end, enough);
    }

    /** Reads the text of a version; empty if it is of another kind. */
    public static Optional<CertificateVersion> read(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new CertificateVersion(
                        matcher.group(1),
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(2))),
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(3)))))
                : Optional.empty();
    }

    /** Whether a proxy that brings the other needs none of this version. */
    public boolean isMetBy(CertificateVersion other) {
        return origin.equals(other.origin) && !other.end.isBefore(enough);
    }

    /** The text, in whole seconds. */
    public String text() {
        return origin + "." + end.getEpochSecond() + "." + enough.getEpochSecond();
    }
}
