package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.SECRET;
import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.endpoints;
import static io.osmj.xds.serve.StreamDriver.brief;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.osmj.xds.resource.CertificateVersion;
import io.osmj.xds.resource.EnvoyResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client is sent for what it asks. */
final class SubscriptionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void nothingIsAnsweredBeforeTheSetIsKnown() {
        StreamDriver client = new StreamDriver();
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "a");
        assertThat(client.drain()).isEmpty();

        client.set();
        assertThat(brief(client.drain())).containsExactly("CLUSTER", "ENDPOINT -a");
    }

    @Test
    void anEmptyFirstRequestAsksForAll() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("b", 1));
        client.subscribe(CLUSTER);
        assertThat(brief(client.settle())).containsExactly("CLUSTER a b");

        client.set(cluster("a", 1), cluster("b", 2), cluster("c", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER b c");
    }

    @Test
    void anEmptyFirstRequestForEndpointsAsksForNothing() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        client.subscribe(ENDPOINT);
        client.subscribe(SECRET, "*");
        assertThat(brief(client.settle())).containsExactly("SECRET -*");
    }

    @Test
    void theStarAsksForAllAndCanBeTakenBack() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), cluster("b", 1));
        client.subscribe(CLUSTER, "a");
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
        client.subscribe(CLUSTER, "*");
        assertThat(brief(client.settle())).containsExactly("CLUSTER b");
        client.unsubscribe(CLUSTER, "*");
        client.set(cluster("a", 2), cluster("b", 2));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
    }

    @Test
    void namesOnTopOfTheStarAreAnswered() {
        StreamDriver client = StreamDriver.with(cluster("a", 1));
        client.subscribe(CLUSTER, "*", "on-demand");
        client.answer(1, cluster("a", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER a -on-demand");
        client.unsubscribe(CLUSTER, "on-demand");
        assertThat(brief(client.settle())).containsExactly("CLUSTER -on-demand");
        client.subscribe(CLUSTER, "a");
        client.unsubscribe(CLUSTER, "a");
        assertThat(brief(client.settle())).containsExactly("CLUSTER a");
    }

    @Test
    void withAllNamesGivenUpNothingIsSent() {
        StreamDriver client = StreamDriver.with(cluster("a", 1));
        client.subscribe(CLUSTER, "a");
        client.settle();
        client.unsubscribe(CLUSTER, "a");
        client.subscribe(CLUSTER);
        client.set(cluster("a", 2), cluster("b", 1));
        assertThat(client.settle()).isEmpty();
    }

    @Test
    void aMissingNameIsAnsweredAtOnceAndSentWhenItIsBorn() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(ENDPOINT, "a");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT -a");
        client.set(endpoints("b", 1));
        assertThat(client.settle()).isEmpty();

        client.set(endpoints("a", 1));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        client.pass(SECOND);
        client.set();
        assertThat(brief(client.settle())).containsExactly("ENDPOINT -a");
        client.set(endpoints("a", 1));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
    }

    @Test
    void aNameAskedForAgainIsSentAgain() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        client.subscribe(ENDPOINT, "a", "a");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        client.subscribe(ENDPOINT, "a");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        client.unsubscribe(ENDPOINT, "never-asked-for");
        assertThat(client.settle()).isEmpty();
    }

    @Test
    void whatAClientHasIsNotSentWhenItComesBack() {
        StreamDriver client = StreamDriver.with(cluster("same", 1), cluster("changed", 2), endpoints("same", 1));
        client.comeBack(CLUSTER, List.of(), cluster("same", 1), cluster("changed", 1), cluster("gone", 1));
        client.comeBack(ENDPOINT, List.of("same", "lost"), endpoints("same", 1));

        assertThat(brief(client.settle())).containsExactly("ENDPOINT -lost", "CLUSTER changed");
        client.pass(SECOND);
        assertThat(client.settle())
                .as("it may be in use, so the source is asked first")
                .isEmpty();
        assertThat(client.demands()).containsExactly("1 CLUSTER gone");
        client.answer(1, cluster("same", 1), cluster("changed", 2), endpoints("same", 1));
        assertThat(brief(client.settle())).containsExactly("CLUSTER -gone");
    }

    @Test
    void onlyTheFirstRequestSaysWhatAClientHas() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        client.comeBack(ENDPOINT, List.of("b"));
        client.comeBack(ENDPOINT, List.of("a"), endpoints("a", 1));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a -b");
    }

    @Test
    void aStaleNonceChangesNothingButItsNamesCount() {
        StreamDriver client = StreamDriver.with(endpoints("a", 1));
        DeltaAnswer unknown = new DeltaAnswer(ENDPOINT, "from-another-server", List.of(), List.of());
        client.ack(unknown);
        client.nack(unknown, "no");
        client.subscribe(ENDPOINT, "a");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT a");
        assertThat(client.nacks).isEmpty();
    }

    @Test
    void anEmptyAnswerComesOnceOnly() {
        StreamDriver client = StreamDriver.with();
        client.subscribe(LISTENER);
        assertThat(brief(client.settle())).containsExactly("LISTENER");
        client.set(cluster("a", 1));
        assertThat(client.settle()).isEmpty();
    }

    @Test
    void namesBeyondTheLimitAreMissing() {
        StreamLimits limits = new StreamLimits(SECOND, SECOND, 1 << 20, 2, 9, StreamLimits.Demand.DEFAULT);
        StreamDriver client = new StreamDriver(limits);
        client.set(endpoints("c", 1));
        client.subscribe(ENDPOINT, "a", "b", "c", "x".repeat(3_000));
        assertThat(brief(client.settle())).containsExactly("ENDPOINT -c -" + "x".repeat(3_000) + " -a -b");
        client.unsubscribe(ENDPOINT, "a");
        client.subscribe(ENDPOINT, "c");
        assertThat(brief(client.settle())).containsExactly("ENDPOINT c");
    }

    @Test
    void noNonceComesTwice() {
        StreamDriver client = StreamDriver.with(cluster("a", 1), endpoints("a", 1));
        client.subscribe(CLUSTER);
        client.subscribe(ENDPOINT, "a");
        client.subscribe(ENDPOINT, "b");
        List<DeltaAnswer> answers = client.settle();
        assertThat(answers.stream().map(DeltaAnswer::nonce))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    private static EnvoyResource certificate(String identity, String body, long end, long enough) {
        return EnvoyResource.of(
                        SECRET,
                        "service-cert",
                        Secret.newBuilder()
                                .setName("service-cert")
                                .setTlsCertificate(TlsCertificate.newBuilder()
                                        .setPassword(DataSource.newBuilder().setInlineString(body)))
                                .build())
                .under(CertificateVersion.of(
                        identity, "roots", Instant.ofEpochSecond(end), Instant.ofEpochSecond(enough)));
    }

    @Test
    void aCertificateThatIsGoodForLongEnoughIsKept() {
        EnvoyResource old = certificate("web", "old", 700, 250);
        for (EnvoyResource own : List.of(
                certificate("web", "own", 1_000, 701),
                certificate("other", "own", 1_000, 500),
                withoutAWordOfItsLife())) {
            StreamDriver client = new StreamDriver();
            client.set(own);
            client.comeBack(SECRET, List.of("service-cert"), old);
            assertThat(brief(client.settle())).containsExactly("SECRET service-cert");
            assertThat(client.state.spared()).isEmpty();
        }
        for (boolean knownBefore : new boolean[] {true, false}) {
            EnvoyResource own = certificate("web", "own", 1_000, 700);
            StreamDriver client = new StreamDriver();
            if (knownBefore) {
                client.set(own);
            }
            client.comeBack(SECRET, List.of("service-cert"), old);
            client.set(own);
            assertThat(client.settle()).isEmpty();
            assertThat(client.state.spared())
                    .containsExactly(CertificateVersion.read(old.version()).orElseThrow());
            assertThat(client.state.spared()).isEmpty();

            client.set(certificate("web", "next", 1_300, 600));
            assertThat(brief(client.settle())).containsExactly("SECRET service-cert");
        }
    }

    private static EnvoyResource withoutAWordOfItsLife() {
        return EnvoyResource.of(
                SECRET,
                "service-cert",
                Secret.newBuilder().setName("service-cert").build());
    }
}
