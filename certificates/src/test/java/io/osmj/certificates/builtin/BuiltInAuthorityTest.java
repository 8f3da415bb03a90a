package io.osmj.certificates.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.Judge;
import io.osmj.certificates.MovableClock;
import io.osmj.certificates.OpenSsl;
import io.osmj.certificates.ServerNames;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInAuthorityTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int URI_NAME = 6;
    private static final int DNS_NAME = 2;

    private final MovableClock clock = new MovableClock();
    private final SecureRandom random = new SecureRandom();
    private final BuiltInAuthority authority = authority();

    private BuiltInAuthority authority() {
        return new BuiltInAuthority(RootCertificate.create(clock.instant(), random), clock, random);
    }

    private static SpiffeId id(String namespace, String account) {
        return new ServiceAccount(namespace, account).in(TrustDomain.CLUSTER_LOCAL);
    }

    static Stream<SpiffeId> oddButRight() {
        return Stream.of(
                id("dapr-test", "nodeapp"),
                id("default", "a.b"),
                id("a", "x.y-z.0"),
                id("1e3", "null"),
                id("n".repeat(63), "a".repeat(253)),
                new ServiceAccount("ns", "sa").in(new TrustDomain("prod_1.example.org")),
                new ServiceAccount("ns", "sa").in(new TrustDomain("t".repeat(255))));
    }

    @ParameterizedTest
    @MethodSource("oddButRight")
    void aWorkloadHasItsIdAsItsOnlyUri(SpiffeId id) throws GeneralSecurityException {
        IssuedCertificate issued = authority.workload(id, DAY);

        Judge.accept(issued, authority.trustBundle(), clock.instant());
        assertThat(issued.certificate().getSubjectAlternativeNames())
                .startsWith(List.of(URI_NAME, id.uri()))
                .hasSize(id.dnsName().isPresent() ? 2 : 1)
                .allSatisfy(name -> assertThat(name.getFirst()).isIn(URI_NAME, DNS_NAME));
        assertThat(issued.certificate().getSubjectX500Principal().getName()).isEmpty();
    }

    @Test
    void aClientThatChecksHostNamesTellsWorkloadsApart(@TempDir Path folder) throws IOException, InterruptedException {
        BuiltInAuthority now =
                new BuiltInAuthority(RootCertificate.create(Instant.now(), random), InstantSource.system(), random);
        OpenSsl openSsl = new OpenSsl(folder);
        String roots = openSsl.file("roots.pem", now.trustBundle().pem());
        String leaf =
                openSsl.file("leaf.pem", now.workload(id("shop", "web"), DAY).chainPem());

        assertThat(openSsl.run("verify", "-CAfile", roots, "-verify_hostname", "web.shop.cluster.local", leaf)
                        .status())
                .isZero();
        assertThat(openSsl.run("verify", "-CAfile", roots, "-verify_hostname", "pay.shop.cluster.local", leaf)
                        .output())
                .contains("hostname mismatch");
    }

    @ParameterizedTest
    @MethodSource("oddButRight")
    void openSslAcceptsItStrictlyForBothEnds(SpiffeId id, @TempDir Path folder)
            throws IOException, InterruptedException {
        BuiltInAuthority now =
                new BuiltInAuthority(RootCertificate.create(Instant.now(), random), InstantSource.system(), random);
        IssuedCertificate issued = now.workload(id, DAY);
        OpenSsl openSsl = new OpenSsl(folder);

        assertThat(openSsl.verify(issued, now.trustBundle(), "sslserver").status())
                .isZero();
        assertThat(openSsl.verify(issued, now.trustBundle(), "sslclient").status())
                .isZero();
        assertThat(openSsl.verify(issued, authority().trustBundle(), "sslclient")
                        .status())
                .isNotZero();
    }

    @Test
    void aWorkloadMaySignForItselfAndForNobodyElse() throws CertificateParsingException {
        IssuedCertificate issued = authority.workload(id("ns", "sa"), DAY);

        assertThat(issued.certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(issued.certificate().getKeyUsage())
                .containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(issued.certificate().getExtendedKeyUsage())
                .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(issued.certificate().getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.17", "2.5.29.19");
        assertThat(((ECPublicKey) issued.certificate().getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
    }

    @Test
    void itIsValidFromSomeMinutesBeforeAndNeverLongerThanTheRoot() {
        IssuedCertificate issued = authority.workload(id("ns", "sa"), DAY);
        assertThat(issued.notBefore()).isBeforeOrEqualTo(clock.instant().minus(Duration.ofMinutes(5)));
        assertThat(issued.notAfter()).isEqualTo(clock.instant().plus(DAY));

        clock.move(RootCertificate.VALIDITY.minusHours(1));
        assertThat(authority.workload(id("ns", "sa"), DAY).notAfter())
                .isEqualTo(
                        authority.trustBundle().roots().getFirst().getNotAfter().toInstant());

        clock.move(Duration.ofHours(1));
        assertThatThrownBy(() -> authority.workload(id("ns", "sa"), DAY))
                .isInstanceOf(IssuingException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void serialNumbersArePositiveAndDoNotComeTwice() {
        Set<BigInteger> serials = new HashSet<>();
        for (int count = 0; count < 200; count++) {
            BigInteger serial =
                    authority.workload(id("ns", "sa"), DAY).certificate().getSerialNumber();
            assertThat(serial.signum()).isPositive();
            assertThat(serial.toByteArray()).hasSizeLessThanOrEqualTo(20);
            serials.add(serial);
        }
        assertThat(serials).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "a..b", "a/b", "../x", "Upper", "a_b", "a b", "a%2fb", "-a", "a-", "\u0000", "a\n", "*",
                "{253}"
            })
    void anAccountThatKubernetesWouldNotTakeGetsNothing(String account) {
        String name = account.equals("{253}") ? "a".repeat(254) : account;

        assertThatThrownBy(() -> authority.workload(id("ns", name), DAY)).isInstanceOf(IssuingException.class);
        assertThatThrownBy(() -> authority.workload(id(name, "sa"), DAY)).isInstanceOf(IssuingException.class);
    }

    @Test
    void aNamespaceWithADotGetsNothing() {
        assertThatThrownBy(() -> authority.workload(id("a.b", "sa"), DAY)).isInstanceOf(IssuingException.class);
    }

    @Test
    void aServerHasTheNamesOfItsServiceAndIsNoClient(@TempDir Path folder)
            throws GeneralSecurityException, IOException, InterruptedException {
        IssuedCertificate issued = authority.server(ServerNames.ofService("osm-injector", "osm-system"), DAY);

        Judge.accept(issued, authority.trustBundle(), clock.instant());
        assertThat(issued.certificate().getSubjectAlternativeNames())
                .containsExactly(
                        List.of(DNS_NAME, "osm-injector.osm-system.svc"),
                        List.of(DNS_NAME, "osm-injector.osm-system.svc.cluster.local"));
        assertThat(issued.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void nothingThatIsPrintedHoldsAKey() {
        RootCertificate root = RootCertificate.create(clock.instant(), random);
        IssuedCertificate issued = authority.workload(id("ns", "sa"), DAY);

        assertThat(root.toString() + issued + issued.privateKey() + root.keyPem() + authority.trustBundle())
                .doesNotContain("PRIVATE")
                .doesNotContain(
                        issued.privateKey().text().lines().skip(1).findFirst().orElseThrow());
    }
}
