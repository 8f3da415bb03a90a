package io.osmj.certificates.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.MovableClock;
import io.osmj.certificates.OpenSsl;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.ServerNames;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootCertificateTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final MovableClock clock = new MovableClock();
    private final SecureRandom random = new SecureRandom();
    private final RootCertificate root = RootCertificate.create(clock.instant(), random);

    private RootCertificate read(String certificates, PrivateKeyPem key) throws UnusableRootException {
        return RootCertificate.read(certificates, key, clock.instant());
    }

    private void refused(String certificates, PrivateKeyPem key, String because) {
        assertThatThrownBy(() -> read(certificates, key))
                .isInstanceOf(UnusableRootException.class)
                .hasMessageContaining(because);
    }

    @Test
    void whatWasWrittenIsReadBack() throws UnusableRootException {
        assertThat(read(root.certificatePem(), root.keyPem())).isEqualTo(root);
    }

    @Test
    void ofTwoRootsTheOneWithTheKeySigns() throws UnusableRootException {
        RootCertificate old = RootCertificate.create(clock.instant(), random);

        RootCertificate both = read(old.certificatePem() + root.certificatePem(), root.keyPem());

        assertThat(both.certificate()).isEqualTo(root.certificate());
        assertThat(both.trusted()).containsExactly(root.certificate(), old.certificate());
    }

    @Test
    void whatCannotSignForTheMeshIsRefused() {
        IssuedCertificate leaf = new BuiltInAuthority(root, clock, random).server(new ServerNames(List.of("x")), DAY);
        RootCertificate other = RootCertificate.create(clock.instant(), random);

        refused("", root.keyPem(), "no certificate");
        refused(root.certificatePem().replace('M', 'N'), root.keyPem(), "damaged");
        refused(root.certificatePem(), new PrivateKeyPem(""), "PKCS#8");
        refused(root.certificatePem(), new PrivateKeyPem(root.keyPem().text().substring(40)), "PKCS#8");
        refused(root.certificatePem(), other.keyPem(), "belongs to none");
        refused(leaf.chainPem(), leaf.privateKey(), "CA:TRUE");
        clock.move(RootCertificate.VALIDITY.plusSeconds(1));
        refused(root.certificatePem(), root.keyPem(), "expired");
    }

    @Test
    void theNameIsTheOneThatOsmHas() {
        assertThat(root.certificate().getSubjectX500Principal().getName())
                .contains("CN=osm-ca.openservicemesh.io", "O=Open Service Mesh");
    }

    @Test
    void anRsaRootOfOsmGoesOnSigning(@TempDir Path folder)
            throws IOException, InterruptedException, UnusableRootException {
        OpenSsl openSsl = new OpenSsl(folder);
        OpenSsl.Result made = openSsl.run(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-keyout",
                "ca.key",
                "-out",
                "ca.crt",
                "-subj",
                "/C=US/L=CA/O=Open Service Mesh/CN=osm-ca.openservicemesh.io",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign");
        assertThat(made.status()).as(made.output()).isZero();

        RootCertificate adopted =
                RootCertificate.read(openSsl.read("ca.crt"), new PrivateKeyPem(openSsl.read("ca.key")), Instant.now());
        BuiltInAuthority authority = new BuiltInAuthority(adopted, InstantSource.system(), random);
        IssuedCertificate issued =
                authority.workload(new ServiceAccount("ns", "sa").in(TrustDomain.CLUSTER_LOCAL), DAY);

        OpenSsl.Result verified = openSsl.verify(issued, authority.trustBundle(), "sslserver");
        assertThat(verified.status()).as(verified.output()).isZero();
    }

    @Test
    void aKeyInTheOlderFormIsRefusedWithWhatToDo(@TempDir Path folder) throws IOException, InterruptedException {
        OpenSsl openSsl = new OpenSsl(folder);
        openSsl.file("pkcs8.key", root.keyPem().text());
        openSsl.run("ec", "-in", "pkcs8.key", "-out", "sec1.key");

        refused(root.certificatePem(), new PrivateKeyPem(openSsl.read("sec1.key")), "PKCS#8");
    }
}
