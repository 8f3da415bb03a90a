package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.integration.ondemand.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a caller's sidecar allows itself towards one service, and no other. */
@Tag("netns")
class LimitTest {
    private static final long UNLIMITED = ConnectionLimits.UNLIMITED;
    private static final Duration USUAL = ConnectionLimits.NONE.connectTimeout();
    private static final int CALLS = 8;

    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.CLOSED);
    }

    @AfterAll
    static void stop() {
        lab.close();
        assertThat(lab.controlPlane.nacks()).isEmpty();
    }

    private static ConnectionLimits most(long connections, long requests, long pending) {
        return new ConnectionLimits(connections, USUAL, requests, UNLIMITED, pending, UNLIMITED);
    }

    private static Destination http(String address, int server, ConnectionLimits limits) {
        return to(address, Lab.HTTP_PORT, Carriage.HTTP, World.NEAR, server, limits);
    }

    private static Destination to(
            String address, int port, Carriage carriage, String backend, int server, ConnectionLimits limits) {
        return Lab.destination(
                address,
                port,
                carriage,
                new Allowed(List.of(new Backend(backend, server, false, 1)), List.of(), limits));
    }

    /** Calls that are made at once, as they end. */
    private static BlockingQueue<Answer> calls(Destination destination) {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        for (int call = 0; call < CALLS; call++) {
            Thread.ofPlatform().daemon().start(() -> answers.add(lab.get(destination)));
        }
        return answers;
    }

    private static long overflows(String address) {
        return Stream.of(lab.sidecar.admin("/stats?filter=overflow").split("\n"))
                .filter(line ->
                        line.contains(address.replace('.', '_')) && line.contains("upstream_rq_pending_overflow"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Each of the two workers has a connection at least, and one request waits. */
    @Test
    void requestsThatFindNoConnectionAndNoPlaceToWaitAreAnswered503() {
        CountDownLatch gate = new CountDownLatch(1);
        Destination limited = http("10.96.8.1", lab.world.http("slow", gate), most(1, UNLIMITED, 1));
        Destination free = http("10.96.8.2", lab.world.http("free"), ConnectionLimits.NONE);
        lab.resolver.set(limited, free);

        BlockingQueue<Answer> answers = calls(limited);
        await().until(() -> answers.size() >= CALLS - 3);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("overflow");
        });
        assertThat(overflows("10.96.8.1")).isEqualTo(answers.size());

        BlockingQueue<Answer> others = calls(free);
        await().until(() -> others.size() == CALLS);
        assertThat(others).allMatch(answer -> answer.status() == 200);
        assertThat(overflows("10.96.8.2")).isZero();

        int refused = answers.size();
        gate.countDown();
        await().until(() -> answers.size() == CALLS);
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(CALLS - refused);
    }

    @Test
    void aLimitThatGoesIsGoneForTheNextRequest() {
        CountDownLatch gate = new CountDownLatch(1);
        int server = lab.world.http("slow", gate);
        lab.resolver.set(http("10.96.8.3", server, most(UNLIMITED, 0, UNLIMITED)));
        assertThat(lab.get(http("10.96.8.3", server, ConnectionLimits.NONE)).status())
                .isEqualTo(503);

        gate.countDown();
        lab.resolver.set(http("10.96.8.3", server, ConnectionLimits.NONE));
        await().until(() ->
                lab.get(http("10.96.8.3", server, ConnectionLimits.NONE)).status() == 200);
    }

    @Test
    void aConnectionOverTheLimitIsClosed() {
        Destination limited = to(
                "10.96.8.4",
                Lab.TCP_PORT,
                Carriage.TCP,
                World.NEAR,
                lab.world.greeting("database"),
                most(1, UNLIMITED, UNLIMITED));
        lab.resolver.set(limited);

        try (Client first = lab.dial(limited)) {
            assertThat(first.greeting()).isEqualTo("database");
            try (Client second = lab.dial(limited)) {
                assertThat(second.greeting()).isEqualTo("closed");
            }
            assertThat(first.echo("still here")).isEqualTo("still here");
        }
        await().until(() -> {
            try (Client next = lab.dial(limited)) {
                return next.greeting().equals("database");
            }
        });
    }

    /** Nobody has the address, and the kernel gives up after three seconds. */
    @Test
    void aConnectionThatDoesNotComeAboutIsGivenUp() {
        ConnectionLimits hasty =
                new ConnectionLimits(UNLIMITED, Duration.ofMillis(200), UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);
        Destination nobody = to("10.96.8.5", Lab.HTTP_PORT, Carriage.HTTP, "10.9.0.99", 80, hasty);
        lab.resolver.set(nobody);

        Answer answer = lab.get(nobody);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("timeout");
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aConnectionIsReplacedAfterSoManyRequests() {
        ConnectionLimits one = new ConnectionLimits(UNLIMITED, USUAL, UNLIMITED, 1, UNLIMITED, UNLIMITED);
        Destination limited = http("10.96.8.6", lab.world.http("web"), one);
        lab.resolver.set(limited);

        try (Client client = lab.dial(limited)) {
            assertThat(client.get().status()).isEqualTo(200);
            assertThat(client.get().status()).isEqualTo(200);
        }
        assertThat(lab.sidecar.admin("/clusters").lines())
                .filteredOn(line -> line.startsWith("h|10.96.8.6:80::" + World.NEAR))
                .anyMatch(line -> line.endsWith("::cx_total::2"));
    }
}
