package io.osmj.integration.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.TrustBundle;
import io.osmj.controlplane.trust.TrustEvents;
import io.osmj.controlplane.trust.TrustException;
import io.osmj.controlplane.trust.TrustOptions;
import io.osmj.controlplane.trust.TrustStore;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.integration.apiserver.ApiServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("apiserver")
@ExtendWith(ApiServer.class)
class TrustStoreTest {
    private static final String NAME = "osm-ca-bundle";
    private static final SpiffeId NODE = new ServiceAccount("dapr-test", "node").in(TrustDomain.CLUSTER_LOCAL);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ApiServer.Running server;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final List<TrustStore> stores = new ArrayList<>();
    private final Events events = new Events();
    private String namespace = "";

    TrustStoreTest(ApiServer.Running server) {
        this.server = server;
    }

    private static final class Events implements TrustEvents {
        private final Queue<SpiffeId> renewed = new ConcurrentLinkedQueue<>();
        private final Queue<Problem> alarms = new ConcurrentLinkedQueue<>();

        @Override
        public void renewed(SpiffeId id, IssuedCertificate certificate) {
            renewed.add(id);
        }

        @Override
        public void alarm(Problem problem) {
            alarms.add(problem);
        }
    }

    @BeforeEach
    void namespace() {
        namespace = server.namespace(Map.of());
    }

    @AfterEach
    void stop() {
        stores.forEach(TrustStore::close);
    }

    private TrustStore store() {
        TrustOptions options = new TrustOptions(namespace, NAME, Duration.ofMillis(200));
        TrustStore store = new TrustStore(server.client(), options, () -> Duration.ofDays(1), events, clock);
        stores.add(store);
        return store;
    }

    private TrustStore started() throws TrustException {
        TrustStore store = store();
        store.start();
        return store;
    }

    private static TrustBundle startedBundle(TrustStore store) {
        try {
            store.start();
            return store.bundle();
        } catch (TrustException e) {
            throw new IllegalStateException(e);
        }
    }

    private Resource<Secret> secret() {
        return server.client().secrets().inNamespace(namespace).withName(NAME);
    }

    private void awaitAlarm(ProblemCode code) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events.alarms).extracting(Problem::code).contains(code));
    }

    @Test
    void theFirstControlPlaneMakesTheRootWithTheKeysAndTheLabelOfOsm() throws TrustException {
        TrustStore store = started();

        Secret written = secret().get();
        assertThat(written.getData()).containsOnlyKeys("ca.crt", "private.key");
        assertThat(written.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "openservicemesh.io");
        assertThat(store.workloads()
                        .get(NODE)
                        .certificate()
                        .getIssuerX500Principal()
                        .getName())
                .contains("osm-ca.openservicemesh.io");
    }

    @Test
    void ofManyThatStartAtOnceOneMakesTheRootAndAllUseIt() {
        List<TrustStore> replicas = new ArrayList<>();
        for (int count = 0; count < 8; count++) {
            replicas.add(store());
        }

        List<CompletableFuture<TrustBundle>> starts = replicas.stream()
                .map(store -> CompletableFuture.supplyAsync(() -> startedBundle(store), Thread::startVirtualThread))
                .toList();

        assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void aRestartKeepsTheRoot() throws TrustException {
        TrustStore first = started();
        TrustBundle before = first.bundle();
        first.close();

        assertThat(started().bundle()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "ca.crt=", "ca.crt=bm90IGEgY2VydGlmaWNhdGU=", "private.key=", "private.key=bm9uZQ=="})
    void aHarmedSecretStopsTheStartAndIsLeftAsItIs(String harm) throws TrustException {
        started().close();
        secret().edit(present -> harmed(present, harm));
        Map<String, String> before = secret().get().getData();

        assertThatThrownBy(this::started)
                .isInstanceOf(TrustException.class)
                .hasMessageContaining("M6001 Secret " + namespace + "/osm-ca-bundle data")
                .hasMessageContaining("Restore");
        assertThat(secret().get().getData()).isEqualTo(before);
    }

    private static Secret harmed(Secret present, String harm) {
        if (harm.equals("{}")) {
            return new SecretBuilder(present).withData(Map.of()).build();
        }
        String[] entry = harm.split("=", 2);
        return new SecretBuilder(present).addToData(entry[0], entry[1]).build();
    }

    @Test
    void aDeletedSecretRaisesTheAlarmAndTheMeshGoesOn() throws TrustException {
        TrustStore store = started();
        secret().delete();

        awaitAlarm(ProblemCode.M6002);
        assertThat(store.workloads().get(NODE).chainPem()).contains("CERTIFICATE");
        assertThat(secret().get()).isNull();
    }

    @Test
    void aReplacedOrHarmedSecretRaisesTheAlarm() throws TrustException {
        started();
        secret().edit(present -> harmed(present, "private.key=bm9uZQ=="));

        awaitAlarm(ProblemCode.M6001);
        assertThat(events.alarms).noneMatch(problem -> problem.toString().contains("bm9uZQ"));
    }

    @Test
    void aMachineThatSleptForADayRenewsOnWaking() throws TrustException {
        TrustStore store = started();
        IssuedCertificate before = store.workloads().get(NODE);
        ahead.set(Duration.ofHours(25));

        await().atMost(SOON).until(() -> events.renewed.contains(NODE));
        assertThat(store.workloads().get(NODE).notAfter()).isAfter(before.notAfter());
    }

    @Test
    void theEndOfTheRootIsAnnouncedOnceADay() throws TrustException {
        started();
        ahead.set(Duration.ofDays(9 * 365));

        awaitAlarm(ProblemCode.M6003);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> events.alarms.size() == 1);
    }
}
