package io.osmj.config.read;

import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.GatewayCertificate;
import io.osmj.core.settings.MeshSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code spec.certificate} of MeshConfig. */
final class CertificateReader {
    private static final Duration SHORTEST_VALIDITY = Duration.ofMinutes(1);
    private static final Duration USUAL_VALIDITY = Duration.ofHours(24);

    /** What Kubernetes takes as the name of a Secret; that of a namespace has no dots besides. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private final FieldReader certificate;

    private CertificateReader(FieldReader certificate) {
        this.certificate = certificate;
    }

    static MeshSettings.Certificate read(FieldReader certificate) {
        return new MeshSettings.Certificate(
                validity(certificate, "serviceCertValidityDuration"), new CertificateReader(certificate).gateway());
    }

    /** Half a description of it is a problem and keeps nothing: a key is not written to a place that was guessed. */
    private Optional<GatewayCertificate> gateway() {
        FieldReader gateway = certificate.at("ingressGateway");
        if (gateway.node().isMissingNode() || gateway.node().isNull()) {
            return Optional.empty();
        }
        String principal = gateway.node().path("subjectAltNames").path(0).asText("");
        if (principal.isEmpty()) {
            gateway.problem(
                    ProblemCode.M1005,
                    "subjectAltNames",
                    "It holds no name, so no certificate is kept.",
                    "whom the certificate speaks for, such as ingress-nginx.ingress-nginx.cluster.local,");
        }
        FieldReader secret = gateway.at("secret");
        String namespace = name(secret, "namespace");
        String name = name(secret, "name");
        Duration validity = validity(gateway, "validityDuration");
        boolean whole = !principal.isEmpty() && !namespace.isEmpty() && !name.isEmpty();
        return whole ? Optional.of(new GatewayCertificate(principal, validity, namespace, name)) : Optional.empty();
    }

    private static String name(FieldReader secret, String field) {
        String name = secret.node().path(field).asText("");
        if (NAME.matcher(name).matches()) {
            return name;
        }
        secret.problem(
                ProblemCode.M1005,
                field,
                "'" + name + "' is not the " + field + " of a Secret, so no certificate is kept.",
                field.equals("name") ? "the name of a Secret" : "the namespace of the Secret");
        return "";
    }

    /** Below a minute a proxy would do little but fetch certificates; OSM's floor of ten minutes is not needed here. */
    private static Duration validity(FieldReader of, String field) {
        String text = of.text(field, "24h");
        Optional<Duration> read = GoDuration.parse(text);
        if (read.isEmpty() || read.get().isZero()) {
            of.problem(
                    ProblemCode.M1004,
                    field,
                    "'" + text + "' is not a duration, so 24h is used.",
                    "a duration such as 24h or 90m");
            return USUAL_VALIDITY;
        }
        return read.get().compareTo(SHORTEST_VALIDITY) < 0 ? SHORTEST_VALIDITY : read.get();
    }
}
