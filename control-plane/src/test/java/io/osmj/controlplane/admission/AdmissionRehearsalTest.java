package io.osmj.controlplane.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.certificates.ServerNames;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.certificates.rotation.ServerKeyManager;
import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.Injector;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class AdmissionRehearsalTest {
    private final SecureRandom random = new SecureRandom();
    private final BuiltInAuthority authority =
            new BuiltInAuthority(RootCertificate.create(Instant.now(), random), InstantSource.system(), random);
    private final ServerKeyManager key = new ServerKeyManager(
            authority, new ServerNames(List.of("osm-injector.osm-system.svc")), InstantSource.system(), random);
    private final Queue<Decision> decisions = new ConcurrentLinkedQueue<>();

    private final AdmissionFacts facts = new AdmissionFacts() {
        @Override
        public MeshSettings settings() {
            return MeshSettings.WITHOUT_MESH_CONFIG;
        }

        @Override
        public MeshFacts mesh() {
            return new MeshFacts(
                    "osm",
                    "osm-system",
                    "sidecar",
                    "init",
                    "IfNotPresent",
                    authority.trustBundle().pem(),
                    true);
        }

        @Override
        public Optional<NamespaceFacts> namespace(String name) {
            return Optional.empty();
        }
    };

    @Test
    void everyReviewComesToAPodWithItsSidecar() {
        Decider pods = AdmissionRehearsal.pods(new Injector(), facts);
        new AdmissionRehearsal(key, authority.trustBundle()).play(review -> {
            Decision decision = pods.decide(review);
            decisions.add(decision);
            return decision;
        });
        assertThat(decisions).hasSizeGreaterThan(10).allMatch(Decision.Patched.class::isInstance);
    }

    @Test
    void aServerThatIsNotTrustedIsNoReasonNotToStart() {
        BuiltInAuthority other =
                new BuiltInAuthority(RootCertificate.create(Instant.now(), random), InstantSource.system(), random);
        new AdmissionRehearsal(key, other.trustBundle()).play(_ -> {
            decisions.add(Decision.Allowed.SILENTLY);
            return Decision.Allowed.SILENTLY;
        });
        assertThat(decisions).isEmpty();
    }
}
