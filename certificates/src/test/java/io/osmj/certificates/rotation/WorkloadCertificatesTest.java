package io.osmj.certificates.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmj.certificates.CertificateIssuer;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.MovableClock;
import io.osmj.certificates.ServerNames;
import io.osmj.certificates.TrustBundle;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkloadCertificatesTest {
    private static final SpiffeId NODE = new ServiceAccount("dapr-test", "node").in(TrustDomain.CLUSTER_LOCAL);
    private static final SpiffeId PYTHON = new ServiceAccount("dapr-test", "python").in(TrustDomain.CLUSTER_LOCAL);
    private static final Duration DAY = Duration.ofDays(1);

    private final MovableClock clock = new MovableClock();
    private final AtomicReference<Duration> validity = new AtomicReference<>(DAY);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final List<SpiffeId> renewed = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final WorkloadCertificates certificates =
            new WorkloadCertificates(new Breakable(), validity::get, clock, new Random(7), new Listener());

    /** The real authority, until it is out of reach. */
    private final class Breakable implements CertificateIssuer {
        private final CertificateIssuer authority = new BuiltInAuthority(
                RootCertificate.create(clock.instant(), new SecureRandom()), clock, new SecureRandom());

        @Override
        public IssuedCertificate workload(SpiffeId id, Duration duration) {
            if (broken.get()) {
                throw new IssuingException("out of reach");
            }
            return authority.workload(id, duration);
        }

        @Override
        public IssuedCertificate server(ServerNames names, Duration duration) {
            return authority.server(names, duration);
        }

        @Override
        public TrustBundle trustBundle() {
            return authority.trustBundle();
        }
    }

    private final class Listener implements RotationListener {
        @Override
        public void renewed(SpiffeId id, IssuedCertificate certificate) {
            assertThat(certificates.get(id)).isEqualTo(certificate);
            renewed.add(id);
        }

        @Override
        public void failed(SpiffeId id, IssuedCertificate kept, IssuingException reason) {
            failures.add(id + " " + reason.getMessage());
        }
    }

    private int renewalsAfter(Duration pause) {
        renewed.clear();
        clock.move(pause);
        certificates.renewDue();
        return renewed.size();
    }

    @Test
    void oneCertificateServesUntilAThirdOfItsLifeIsLeft() {
        IssuedCertificate first = certificates.get(NODE);

        assertThat(renewalsAfter(Duration.ofHours(14))).isZero();
        assertThat(certificates.get(NODE)).isEqualTo(first);
        assertThat(renewalsAfter(Duration.ofHours(2))).isOne();
        assertThat(certificates.get(NODE).notAfter()).isEqualTo(clock.instant().plus(DAY));
        assertThat(renewalsAfter(Duration.ofSeconds(5))).isZero();
    }

    @Test
    void theNextOneComesInTimeForAWorkloadThatKeptOneFromBefore() {
        certificates.get(NODE);
        certificates.get(PYTHON);
        certificates.kept(NODE, clock.instant().plus(Duration.ofHours(13)));
        certificates.kept(NODE, clock.instant().plus(Duration.ofHours(20)));

        assertThat(renewalsAfter(Duration.ofHours(3))).isZero();
        assertThat(renewalsAfter(Duration.ofHours(2))).isOne();
        assertThat(renewed).containsExactly(NODE);
        assertThat(renewalsAfter(Duration.ofHours(1))).isZero();
    }

    @Test
    void aClockThatJumpsOverTheEndRenewsAtOnce() {
        certificates.get(NODE);

        assertThat(renewalsAfter(Duration.ofHours(25))).isOne();
        assertThat(certificates.get(NODE).notAfter()).isAfter(clock.instant());
    }

    @Test
    void aClockThatWentBackRenewsWhatIsNotValidYet() {
        certificates.get(NODE);

        assertThat(renewalsAfter(Duration.ofMinutes(-5))).isZero();
        assertThat(renewalsAfter(Duration.ofHours(-1))).isOne();
        assertThat(certificates.get(NODE).notBefore()).isBefore(clock.instant());
    }

    @Test
    void aShorterValidityIsLive() {
        certificates.get(NODE);
        clock.move(Duration.ofHours(5));
        validity.set(Duration.ofHours(1));

        assertThat(renewalsAfter(Duration.ZERO)).isOne();
        assertThat(certificates.get(NODE).notAfter()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void aLongerValidityDoesNotHurryWhatIsStillGood() {
        certificates.get(NODE);
        validity.set(Duration.ofDays(90));

        assertThat(renewalsAfter(Duration.ofHours(14))).isZero();
    }

    @Test
    void aCertificateOfAMinuteIsRenewedOnceInHalfAMinute() {
        validity.set(Duration.ofMinutes(1));
        certificates.get(NODE);

        int count = 0;
        for (int second = 0; second < 600; second += 5) {
            count += renewalsAfter(Duration.ofSeconds(5));
            assertThat(certificates.get(NODE).notAfter())
                    .isAfter(clock.instant().plusSeconds(20));
        }
        assertThat(count).isBetween(17, 30);
    }

    @Test
    void nearTheEndOfTheRootItDoesNotAskAgainAndAgain() {
        clock.move(RootCertificate.VALIDITY.minusHours(3));
        certificates.get(NODE);

        assertThat(renewalsAfter(Duration.ofMinutes(10))).isZero();
        assertThat(renewalsAfter(Duration.ofMinutes(115))).isOne();
    }

    @Test
    void thoseIssuedTogetherAreNotRenewedTogether() {
        for (int index = 0; index < 100; index++) {
            certificates.get(new ServiceAccount("ns", "sa-" + index).in(TrustDomain.CLUSTER_LOCAL));
        }
        clock.move(Duration.ofHours(14));

        List<Integer> rounds = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            rounds.add(renewalsAfter(Duration.ofMinutes(10)));
        }
        assertThat(rounds.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(rounds).allMatch(count -> count < 30);
    }

    @Test
    void whatIsNotUsedIsForgotten() {
        IssuedCertificate first = certificates.get(NODE);
        certificates.get(PYTHON);
        certificates.retainOnly(Set.of(PYTHON));

        assertThat(certificates.size()).isOne();
        assertThat(certificates.get(NODE)).isNotEqualTo(first);
    }

    @Test
    void whileTheIssuerIsOutOfReachTheOldOneServes() {
        IssuedCertificate first = certificates.get(NODE);
        broken.set(true);

        assertThat(renewalsAfter(Duration.ofHours(20))).isZero();
        assertThat(failures).containsExactly(NODE + " out of reach");
        assertThat(certificates.get(NODE)).isEqualTo(first);
        assertThatThrownBy(() -> certificates.get(PYTHON)).isInstanceOf(IssuingException.class);

        broken.set(false);
        assertThat(renewalsAfter(Duration.ofSeconds(5))).isOne();
    }
}
