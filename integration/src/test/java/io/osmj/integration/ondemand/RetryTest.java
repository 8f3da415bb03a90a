package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.intercept.Capture;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.plan.Retries;
import io.osmj.core.policy.RetryPolicy;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.integration.ondemand.Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are tried again, by a real Envoy. */
@Tag("netns")
class RetryTest {
    /** The service of {@link Policies}. */
    private static final String SERVICE = "10.96.0.20";

    private static final String TWICE = """
            source: {kind: ServiceAccount, name: web, namespace: shop}
            destinations: [{kind: Service, name: web, namespace: shop}]
            retryPolicy: {retryOn: 5xx, perTryTimeout: 5s, numRetries: 2, retryBackoffBaseInterval: 1ms}
            """;

    private static Lab lab;
    private static int failing;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.CLOSED);
        failing = lab.world.failing();
    }

    @BeforeEach
    void nothingIsTriedAgain() {
        lab.resolver.set(new Policies().plan("web", false));
    }

    @AfterAll
    static void stop() {
        assertThat(lab.controlPlane.nacks()).isEmpty();
        lab.close();
    }

    private static Destination service(String address) {
        return Lab.to(address, Lab.HTTP_PORT, Carriage.HTTP, failing);
    }

    private static String[] failing(int status, int times) {
        return new String[] {"x-call: " + UUID.randomUUID(), "x-fail: " + status + " " + times};
    }

    private static Answer call(Destination destination, int status, int times) {
        return lab.get(destination, failing(status, times));
    }

    private static long retries(Destination destination) {
        return lab.sidecar.stat("cluster." + destination.label().replace('.', '_') + ".upstream_rq_retry");
    }

    /** The plan of a caller of these addresses, whatever policy says so. */
    private static ProxyPlan again(String on, DialledAddress... addresses) {
        Retries retries = new Retries(
                new ObjectRef("Retry", "shop", "again"),
                new RetryPolicy(List.of(on.split(",", -1)), Duration.ofSeconds(5), 2, Duration.ofMillis(1)),
                List.of(addresses));
        return new ProxyPlan(
                new ServiceAccount("shop", "web").in(TrustDomain.CLUSTER_LOCAL),
                SidecarSettings.Tls.DEFAULT,
                AccessLog.ALL,
                List.of(),
                Lab.CLOSED,
                List.of(),
                List.of(),
                List.of(retries),
                false,
                Capture.REDIRECTED);
    }

    private static DialledAddress address(Destination destination) {
        return new DialledAddress(destination.address(), destination.port());
    }

    @Test
    void whoFailsTwiceAnswersTheThirdTime() {
        Destination service = service(SERVICE);
        lab.resolver.set(service);
        assertThat(call(service, 503, 2).status()).isEqualTo(503);
        assertThat(retries(service)).isZero();

        lab.resolver.set(new Policies().retry("again", TWICE).plan("web", false));

        await().until(() -> call(service, 503, 1).status() == 200);
        long before = retries(service);
        Answer answer = call(service, 503, 2);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("tries=3");
        assertThat(retries(service) - before).isEqualTo(2);
        assertThat(call(service, 503, 3).status())
                .as("there are two further tries")
                .isEqualTo(503);
    }

    /** Envoy's headers would say how often it tries, how long it waits, and more. */
    @Test
    void whatAnApplicationWritesSteersNoSidecar() {
        Destination service = service("10.96.8.15");
        lab.resolver.set(service);

        for (String claim : List.of("x-real: 1", "x-envoy-internal: true", "x-forwarded-for: 10.0.0.1")) {
            Answer answer = lab.get(
                    service,
                    "x-call: " + UUID.randomUUID(),
                    "x-fail: 503 1",
                    "x-envoy-retry-on: 5xx",
                    "x-envoy-max-retries: 3",
                    claim);
            assertThat(answer.status()).as(claim).isEqualTo(503);
        }
        assertThat(retries(service)).isZero();
    }

    @Test
    void whileItIsSwitchedOffNothingIsTriedAgain() {
        ProxyPlan off =
                new Policies().retry("again", TWICE).retriesSwitchedOff().plan("web", false);

        assertThat(off).isEqualTo(new Policies().plan("web", false));
    }

    @Test
    void alsoAtFirstContact() {
        Destination service = service("10.96.8.1");
        lab.resolver.set(service);
        lab.resolver.set(again("gateway-error", address(service)));
        Destination known = service("10.96.8.2");
        lab.resolver.set(known);
        lab.resolver.set(again("gateway-error", address(service), address(known)));
        await().until(() -> call(known, 502, 1).status() == 200);

        assertThat(lab.resolver.asked()).doesNotContain("h|" + service.key());
        assertThat(call(service, 503, 2).status()).isEqualTo(200);
        assertThat(retries(service)).isEqualTo(2);
    }

    @Test
    void otherDestinationsAndOtherFailuresAreTriedOnce() {
        Destination service = service("10.96.8.3");
        Destination other = service("10.96.8.4");
        lab.resolver.set(service, other);
        lab.resolver.set(again("gateway-error", address(service)));
        await().until(() -> call(service, 503, 2).status() == 200);

        assertThat(call(other, 503, 1).status()).isEqualTo(503);
        assertThat(lab.get(other, "Host: 10.96.8.3", "x-osm-cluster: h|10.96.8.3:80", "x-call: a", "x-fail: 503 1")
                        .status())
                .as("what a client writes names no other destination")
                .isEqualTo(503);
        assertThat(call(service, 500, 1).status()).isEqualTo(500);
        assertThat(call(service, 403, 1).status()).isEqualTo(403);
        assertThat(retries(other)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5xx", "5xx,gateway-error,reset,connect-failure,retriable-4xx,refused-stream,unavailable"})
    void aDenialIsOne(String words) {
        Destination denied = Lab.destination("10.96.8.6", Lab.HTTP_PORT, Carriage.HTTP, new Denied());
        Destination known = service("10.96.8.7");
        lab.resolver.set(denied, known);
        lab.resolver.set(again(words, address(denied), address(known)));
        await().until(() -> call(known, 503, 2).status() == 200);

        assertThat(lab.get(denied).status()).isEqualTo(403);
        assertThat(GrpcCall.status(lab.pod, denied).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(retries(denied)).isZero();
    }

    /** As daprd's: HTTP/2, and what failed is said in its own words. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gRpcCallsAreTriedAgain(boolean again) {
        int server = lab.world.grpc(2);
        Destination service = Lab.to(again ? "10.96.8.8" : "10.96.8.9", Lab.HTTP_PORT, Carriage.HTTP, server);
        Destination known = service("10.96.8.10");
        lab.resolver.set(service, known);
        lab.resolver.set(again("unavailable,5xx", address(again ? service : known), address(service("10.96.8.11"))));
        lab.resolver.set(service("10.96.8.11"));
        await().until(() -> call(service("10.96.8.11"), 503, 2).status() == 200);

        assertThat(GrpcCall.status(lab.pod, service).getCode())
                .isEqualTo(again ? Status.Code.OK : Status.Code.UNAVAILABLE);
        assertThat(retries(service)).isEqualTo(again ? 2 : 0);
    }

    @Test
    void bodiesAreSentAgainUpToAMebibyte() {
        Destination service = service("10.96.8.14");
        lab.resolver.set(service);
        lab.resolver.set(again("5xx", address(service)));
        await().until(() -> call(service, 503, 2).status() == 200);

        assertThat(post(service, 1_000_000)).isEqualTo(200);
        assertThat(post(service, 3_000_000)).isEqualTo(503);
    }

    private static int post(Destination service, int length) {
        try (Client client = lab.dial(service)) {
            return client.request("POST", new byte[length], failing(503, 1)).status();
        }
    }

    @Test
    void alsoOnAPortThatIsTcpElsewhere() {
        Destination mixed = Lab.to("10.96.8.12", Lab.MIXED_PORT, Carriage.HTTP_ON_MIXED_PORT, failing);
        lab.resolver.set(mixed);
        lab.resolver.set(again("5xx", address(mixed)));

        await().until(() -> call(mixed, 503, 2).status() == 200);
    }

    @Test
    void aPolicyThatComesAndGoesClosesNoConnectionAndChangesNoCluster() {
        Destination service = service("10.96.8.13");
        lab.resolver.set(service);
        try (Client open = lab.dial(service)) {
            assertThat(open.get(failing(503, 1)).status()).isEqualTo(503);
            long clusters = lab.sidecar.stat("cluster_manager.cluster_modified");

            lab.resolver.set(again("5xx", address(service)));
            await().until(() -> open.get(failing(503, 1)).status() == 200);

            lab.resolver.set(new Policies().plan("web", false));
            await().until(() -> open.get(failing(503, 1)).status() == 503);
            assertThat(lab.sidecar.stat("cluster_manager.cluster_modified")).isEqualTo(clusters);
        }
    }
}
