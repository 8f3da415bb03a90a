package io.osmj.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {
    private static final int LINE = 64;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private Pem() {}

    /** Writes certificates one after the other. */
    public static String write(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block("CERTIFICATE", encoded(certificate)));
        }
        return text.toString();
    }

    /**
     * Reads every certificate of a text, in order.
     *
     * @throws CertificateException when one of them is damaged
     */
    public static List<X509Certificate> certificates(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (byte[] block : blocks("CERTIFICATE", text)) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException("damaged base64", e);
        }
        return certificates;
    }

    static String block(String label, byte[] content) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        String body = encoder.encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static byte[] first(String label, String text) throws GeneralSecurityException {
        try {
            List<byte[]> found = blocks(label, text);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        } catch (IllegalArgumentException e) {
            // The cause may quote the text, which is a key as often as not.
            throw new GeneralSecurityException("damaged base64 in a " + label + " block");
        }
        throw new GeneralSecurityException("no " + label + " block");
    }

    private static List<byte[]> blocks(String label, String text) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(label)) {
                blocks.add(Base64.getDecoder()
                        .decode(block.group(2).replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return blocks;
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read or built has an encoding", e);
        }
    }
}
