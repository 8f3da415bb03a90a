package io.osmj.controlplane.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.StatePatch;
import io.osmj.xds.render.SecretRenderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.ResourceSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher's thread and its mailbox. */
class PublisherTest {
    private static final int STREAMS = 2_000;

    private final AtomicInteger served = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Publisher publisher = new Publisher(
            TrustDomain.CLUSTER_LOCAL, PublisherTest::look, this::secrets, new Deaf(), System::nanoTime, Pace.DEFAULT);

    @BeforeEach
    void start() {
        publisher.start();
        publisher.changed();
        await().until(publisher::ready);
    }

    @AfterEach
    void stop() {
        gate.countDown();
        publisher.close();
    }

    private static void look(Consumer<Outcome<StatePatch>> taker) {
        taker.accept(Outcome.of(StatePatch.whole(new ClusterState(
                TrustDomain.CLUSTER_LOCAL,
                MeshSettings.WITHOUT_MESH_CONFIG,
                List.of(TestWorld.POD_A),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()))));
    }

    private List<EnvoyResource> secrets(SpiffeId identity) {
        served.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return List.of(SecretRenderer.certificate(identity.uri(), "key"));
    }

    /** Proxies whose applications wait for an answer do not wait until all others are told of a change. */
    @Test
    void questionsGoAheadOfARound() throws Exception {
        ProxyIdentity proxy =
                new ProxyIdentity(TestWorld.POD_A.account(), TestWorld.POD_A.name(), TestWorld.POD_A.uid());
        List<Stream> streams = new ArrayList<>();
        for (int number = 0; number < STREAMS; number++) {
            Stream stream = new Stream();
            stream.subscription = publisher.subscribe(proxy, stream);
            streams.add(stream);
        }
        await().until(() -> publisher.waiting() == 0 && served.get() == STREAMS);

        gate = new CountDownLatch(1);
        publisher.secretsChanged();
        await().until(() -> served.get() > STREAMS);
        int before = served.get();
        List<Stream> asking = streams.subList(STREAMS - 40, STREAMS);
        for (Stream stream : asking) {
            stream.subscription.demand(1, ResourceType.CLUSTER, Set.of("h|10.9.9.9:80"));
        }
        gate.countDown();
        await().until(() -> asking.stream().allMatch(stream -> stream.answeredAfter > 0));
        assertThat(asking).extracting(stream -> stream.answeredAfter - before).allMatch(others -> others < 200);
    }

    private final class Stream implements ResourceSource.Watcher {
        private ResourceSource.Subscription subscription = new Nobody();
        private volatile int answeredAfter;

        @Override
        public void changed(ResourceSet resources, long answered) {
            if (answered > 0 && answeredAfter == 0) {
                answeredAfter = served.get();
            }
        }

        @Override
        public void gone(String reason) {}

        @Override
        public void notReady(String reason) {}
    }

    private static final class Nobody implements ResourceSource.Subscription {
        @Override
        public void demand(long ticket, ResourceType type, Set<String> names) {}

        @Override
        public void close() {}
    }

    private static final class Deaf implements PublicationObserver {
        @Override
        public void problems(List<Problem> problems) {}

        @Override
        public void judged() {}

        @Override
        public void settings(MeshSettings settings) {}

        @Override
        public void published(Duration took, int proxies) {}

        @Override
        public void turnedAway() {}
    }
}
