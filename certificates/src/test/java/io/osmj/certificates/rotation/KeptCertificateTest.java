package io.osmj.certificates.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.MovableClock;
import io.osmj.certificates.PrivateKeyPem;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptCertificateTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final SpiffeId NGINX = new ServiceAccount("ingress", "nginx").in(TrustDomain.CLUSTER_LOCAL);
    private static final SpiffeId OTHER = new ServiceAccount("ingress", "other").in(TrustDomain.CLUSTER_LOCAL);

    private final MovableClock clock = new MovableClock();
    private final BuiltInAuthority authority = authority();
    private final IssuedCertificate kept = authority.workload(NGINX, DAY);

    private BuiltInAuthority authority() {
        SecureRandom random = new SecureRandom();
        return new BuiltInAuthority(RootCertificate.create(clock.instant(), random), clock, random);
    }

    @Test
    void itStaysForTwoThirdsOfItsLife() {
        assertThat(serves(kept, DAY)).isTrue();
        clock.move(DAY.multipliedBy(2).dividedBy(3).minusMinutes(1));
        assertThat(serves(kept, DAY)).isTrue();
        clock.move(Duration.ofMinutes(2));
        assertThat(serves(kept, DAY)).isFalse();
    }

    @Test
    void aShorterValidityEndsItSooner() {
        clock.move(Duration.ofMinutes(50));
        assertThat(serves(kept, DAY)).isTrue();
        assertThat(serves(kept, Duration.ofHours(1))).isFalse();
    }

    @Test
    void itIsForOneWorkloadByOneRootWithItsOwnKey() {
        PrivateKeyPem key = authority.workload(NGINX, DAY).privateKey();

        assertThat(KeptCertificate.serves(kept, OTHER, authority.trustBundle(), DAY, clock.instant()))
                .isFalse();
        assertThat(KeptCertificate.serves(kept, NGINX, authority().trustBundle(), DAY, clock.instant()))
                .isFalse();
        assertThat(serves(new IssuedCertificate(kept.chain(), key, kept.issuedAt()), DAY))
                .isFalse();
        assertThat(serves(new IssuedCertificate(kept.chain(), new PrivateKeyPem("none"), kept.issuedAt()), DAY))
                .isFalse();
    }

    private boolean serves(IssuedCertificate certificate, Duration wanted) {
        return KeptCertificate.serves(certificate, NGINX, authority.trustBundle(), wanted, clock.instant());
    }
}
