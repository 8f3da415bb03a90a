package io.osmj.xds.serve;

import static io.osmj.xds.serve.Samples.cluster;
import static io.osmj.xds.serve.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.xds.resource.ResourceType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who is let in, and as whom. */
final class AdmissionTest {
    private static final int STREAMS = ConnectionOptions.DEFAULT.maxStreams();

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Status refusal(String... authorizations) {
        server.set(set(cluster("secret-plans", 1)));
        try (AdsClient client = new AdsClient(server, authorizations)) {
            client.subscribe(ResourceType.CLUSTER);
            Status status = client.end();
            assertThat(client.hasResponses()).isFalse();
            return status;
        }
    }

    @Test
    void withoutOneBearerTokenNobodyIsServed() {
        assertThat(refusal()).satisfies(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(status.getDescription()).contains("'Bearer'");
        });
        assertThat(refusal("Basic b3NtOm9zbQ==").getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal("Bearer " + TestServer.TOKEN, "Bearer other").getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal("Bearer forged").getDescription()).contains("does not know this token");
        assertThat(server.counts().turnedAway()).isEqualTo(4);
        assertThat(server.watched()).isZero();
    }

    @Test
    void theVerdictDecidesTheStatus() {
        server.verdicts.put("of-a-deleted-pod", new Authenticator.Forbidden("the pod is gone"));
        server.verdicts.put("unlucky", new Authenticator.Unavailable("the API server does not answer"));
        assertThat(refusal("Bearer of-a-deleted-pod").getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal("bearer unlucky").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void eachProxyGetsItsOwn() {
        ProxyIdentity other = new ProxyIdentity(new ServiceAccount("shop", "thief"), "thief-1", "uid-2");
        server.verdicts.put("other", new Authenticator.Accepted(other));
        server.set(set(cluster("mine", 1)));
        server.set(other, set(cluster("theirs", 1)));
        try (AdsClient first = new AdsClient(server);
                AdsClient second = new AdsClient(server, "Bearer other")) {
            first.subscribe(ResourceType.CLUSTER);
            second.subscribe(ResourceType.CLUSTER, "*", "mine");
            assertThat(AdsClient.names(first.read())).containsExactly("mine");
            assertThat(second.read()).satisfies(response -> {
                assertThat(AdsClient.names(response)).containsExactly("theirs");
                assertThat(response.getRemovedResourcesList()).containsExactly("mine");
            });
        }
    }

    /** Those of one address are hundreds, each of which takes a while to be found out. */
    @Test
    void strangersWaitForThemselves() {
        server.set(set(cluster("mine", 1)));
        server.doubt = Duration.ofMillis(100);
        List<ManagedChannel> strangers = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        for (int connection = 0; connection < 20; connection++) {
            ManagedChannel channel = GrpcClient.channel(server.authority, server.port(), "Bearer forged")
                    .localSocketPicker(new From("127.0.0.2"))
                    .build();
            strangers.add(channel);
            for (int stream = 0; stream < STREAMS; stream++) {
                var _ = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(counting(refused));
            }
        }
        await().until(() -> refused.get() > 0);
        long start = System.nanoTime();
        try (AdsClient client = new AdsClient(server)) {
            client.subscribe(ResourceType.CLUSTER);
            assertThat(AdsClient.names(client.read())).containsExactly("mine");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(refused.get()).isLessThan(20 * STREAMS / 2);
        } finally {
            strangers.forEach(ManagedChannel::shutdownNow);
        }
    }

    private static StreamObserver<DeltaDiscoveryResponse> counting(AtomicInteger ends) {
        return new StreamObserver<>() {
            @Override
            public void onNext(DeltaDiscoveryResponse response) {}

            @Override
            public void onError(Throwable error) {
                ends.incrementAndGet();
            }

            @Override
            public void onCompleted() {}
        };
    }

    private static final class From extends NettyChannelBuilder.LocalSocketPicker {
        private final String address;

        From(String address) {
            this.address = address;
        }

        @Override
        public SocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
            return new InetSocketAddress(address, 0);
        }
    }

    @Test
    void aStrangerHasTwentyLinesAMinuteInTheLog() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Authentication.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        List<ManagedChannel> channels = new ArrayList<>();
        try {
            AtomicInteger refused = new AtomicInteger();
            // No more than a connection carries at once: the library may leave those that wait for a place unsent.
            for (int connection = 0; connection < 3; connection++) {
                ManagedChannel channel = GrpcClient.channel(server.authority, server.port(), "Bearer forged")
                        .build();
                channels.add(channel);
                for (int stream = 0; stream < STREAMS; stream++) {
                    var _ = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(counting(refused));
                }
            }
            await().until(() -> refused.get() == 3 * STREAMS);
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        assertThat(lines.list).hasSize(20);
    }

    @Test
    void aPeerThatFillsTheLineLeavesPlacesToOthers() {
        List<Runnable> turns = new ArrayList<>();
        List<String> done = new ArrayList<>();
        FairLine line = new FairLine(turns::add, 4);
        assertThat(line.join("stranger", () -> done.add("stranger"))).isTrue();
        assertThat(line.join("stranger", () -> done.add("stranger"))).isTrue();
        assertThat(line.join("stranger", () -> done.add("stranger"))).isFalse();
        assertThat(line.join("proxy", () -> done.add("proxy"))).isTrue();
        turns.forEach(Runnable::run);
        assertThat(done).containsExactly("stranger", "proxy", "stranger");
    }

    @Test
    void fiveThousandMayComeAtOnceAndAStrangerCannotKeepThemOut() {
        Arrivals arrivals = new Arrivals();
        int strangers = 0;
        for (int second = 0; second < 10; second++) {
            for (int stream = 0; stream < 20_000; stream++) {
                strangers += arrivals.mayOpen("stranger", second * 1_000_000_000L) ? 1 : 0;
            }
        }
        assertThat(strangers).isEqualTo(6_000 + 9 * 200);
        for (int proxy = 0; proxy < 5_000; proxy++) {
            assertThat(arrivals.mayOpen(proxy, 10_000_000_000L)).isTrue();
        }
    }

    @Test
    void withoutTlsThereIsNoAnswer() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            // At most a TLS alert (content type 21), and then the end.
            assertThat(answer.length == 0 || answer[0] == 21).isTrue();
        }
    }

    @Test
    void aRotatedCertificateIsShownFromTheNextConnectionOn() throws Exception {
        server.set(set());
        try (AdsClient open = new AdsClient(server)) {
            open.subscribe(ResourceType.CLUSTER);
            open.read();
            ServerCertificate first = server.certificate.get();
            assertThat(first).hasToString("ServerCertificate[CN=server]");
            assertThat(shown()).isEqualTo(first.chain().getFirst());

            ServerCertificate second = server.authority.serverCertificate();
            server.certificate.set(second);
            assertThat(shown()).isEqualTo(second.chain().getFirst());
            open.subscribe(ResourceType.LISTENER);
            assertThat(open.read().getTypeUrl()).isEqualTo(ResourceType.LISTENER.typeUrl());
        }
    }

    private Certificate shown() throws Exception {
        try (SSLSocket socket = (SSLSocket)
                server.authority.clientContext().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void anotherAuthorityIsNotTrusted() throws Exception {
        try (SSLSocket socket = (SSLSocket)
                new TestAuthority().clientContext().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }
}
