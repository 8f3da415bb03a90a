package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.service.DialledAddress;
import io.osmj.integration.ondemand.Client.Answer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Egress is closed, and policies let an account out all the same. */
@Tag("netns")
class EgressPolicyTest {
    /** Nobody has it: who is answered was sent to where a name stands. */
    private static final String ELSEWHERE = "198.51.100.1";

    private static final TlsPair TLS = TlsPair.of("api.example.com", "other.example.com");
    private static final String SOURCE = "sources: [{kind: ServiceAccount, name: web, namespace: shop}]\n";

    private static Lab lab;
    private static int http;
    private static int https;
    private static int tcp;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.CLOSED);
        http = lab.world.http("far web");
        https = lab.world.tls("far vault", TLS.server());
        tcp = lab.world.greeting("far away");
    }

    @BeforeEach
    void everythingIsLetOut() {
        apply(everything().plan("web", false));
        await().until(() -> get(ELSEWHERE, "api.example.com").status() == 200);
    }

    @AfterAll
    static void stop() {
        assertThat(lab.controlPlane.nacks()).isEmpty();
        lab.close();
    }

    /** Two policies name the same host and port, two the same range, and one port is open for three protocols. */
    private static Policies everything() {
        return new Policies()
                .egress("reading", SOURCE + """
                        hosts: [api.example.com]
                        ports: [{number: %d, protocol: http}, {number: %d, protocol: https}]
                        matches: [{apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: reading}]
                        """.formatted(http, https))
                .routeGroup("reading", "matches: [{name: read, methods: [GET], headers: [{x-key: '[0-9]+'}]}]")
                .egress("nothing-else", SOURCE + """
                        hosts: [api.example.com, near.example.com]
                        ports: [{number: %d, protocol: http}, {number: %d, protocol: http}]
                        matches: [{apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: getting}]
                        """.formatted(http, https))
                .routeGroup("getting", "matches: [{name: get, methods: [GET]}]")
                .egress("ranges", SOURCE + """
                        ipAddresses: [203.0.113.0/28, 203.0.113.0/24]
                        ports: [{number: %d, protocol: tcp-server-first}]
                        """.formatted(tcp))
                .egress("range", SOURCE + """
                        ipAddresses: [203.0.113.0/24, 10.9.0.3/32]
                        ports: [{number: %d, protocol: tcp}]
                        """.formatted(tcp));
    }

    private static void apply(ProxyPlan plan) {
        lab.resolver.set(plan.reach());
        lab.resolver.set(plan.destinations().toArray(Destination[]::new));
    }

    private static Answer get(String address, String host) {
        return Client.get(lab.pod, address, http, "Host: " + host);
    }

    private static String greeting(String address, int port) {
        try (Client client = Client.dial(lab.pod, address, port)) {
            return client.greeting();
        }
    }

    private static Optional<String> overTls(String address, int port, String serverName) {
        Client client = Client.dial(lab.pod, address, port);
        return client.greetWithTls(TLS.client(), serverName).map(Client::greeting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "API.Example.com", "api.example.com.", "api.example.com:8080"})
    void aRequestGoesToTheHostThatIsNamedWhateverAddressWasDialled(String host) {
        assertThat(get(World.FAR, host).body()).startsWith("far web host=" + host);
        assertThat(get(ELSEWHERE, host).body())
                .startsWith("far web host=" + host)
                .contains("leaked=[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.example.com", "api.example.com.evil.org", "203.0.113.7", "*", "localhost"})
    void anyOtherHostIsRefused(String host) {
        Answer answer = get(World.FAR, host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("RBAC: access denied");
    }

    @Test
    void routeGroupsNarrowRequestsAndAddUp() {
        try (Client client = Client.dial(lab.pod, World.FAR, http)) {
            assertThat(client.get("Host: api.example.com", "x-key: none").status())
                    .isEqualTo(200);
            assertThat(client.request("POST", new byte[0], "Host: api.example.com", "x-key: 1")
                            .status())
                    .isEqualTo(403);
        }
    }

    /** Envoy would be content with one good value, whatever stands beside it. */
    @Test
    void aHeaderThatStandsTwiceHasToMatchAsAWhole() {
        apply(new Policies()
                .egress("reading", SOURCE + """
                        hosts: [api.example.com]
                        ports: [{number: %d, protocol: http}]
                        matches: [{apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: reading}]
                        """.formatted(http))
                .routeGroup("reading", "matches: [{name: read, headers: [{x-key: '[0-9]+'}]}]")
                .plan("web", false));
        await().until(() -> get(ELSEWHERE, "api.example.com").status() == 403);

        try (Client client = Client.dial(lab.pod, World.FAR, http)) {
            assertThat(client.get("Host: api.example.com", "x-key: 1").status()).isEqualTo(200);
            assertThat(client.get("Host: api.example.com", "x-key: 1", "x-key: none")
                            .status())
                    .isEqualTo(403);
            assertThat(client.get("Host: api.example.com", "x-key: none", "x-key: 1")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void tlsGoesToTheHostOfItsServerName() {
        assertThat(overTls(World.FAR, https, "api.example.com")).contains("far vault");
        assertThat(overTls(ELSEWHERE, https, "API.example.com")).contains("far vault");
        assertThat(overTls(World.FAR, https, "other.example.com")).isEmpty();
        assertThat(overTls(World.FAR, https, "near.example.com"))
                .as("that host is for requests alone")
                .isEmpty();
        assertThat(overTls(World.FAR, http, "api.example.com"))
                .as("that port is for requests alone")
                .isEmpty();
        assertThat(Client.get(lab.pod, World.FAR, https, "Host: api.example.com")
                        .status())
                .as("a request in plain text to a port that speaks TLS")
                .isNotEqualTo(403);
    }

    @Test
    void bytesGoByTheAddressAndWaitForNobody() {
        assertThat(greeting(World.FAR, tcp)).isEqualTo("far away");
        assertThat(greeting(ELSEWHERE, tcp)).isEqualTo("closed");
        assertThat(greeting(World.FAR, lab.world.greeting("not named"))).isEqualTo("closed");
        assertThat(lab.resolver.asked()).noneMatch(name -> name.contains(World.FAR));
    }

    @Test
    void whatIsNotOfTheMeshButInItsRangesIsLetOutByTheSameRules() {
        DialledAddress bytes = new DialledAddress(World.NEAR_TOO, tcp);
        DialledAddress closed = new DialledAddress(World.NEAR, tcp);
        DialledAddress requests = new DialledAddress(World.NEAR, http);
        apply(everything().plan("web", false, bytes, closed, requests));

        assertThat(greeting(World.NEAR_TOO, tcp)).isEqualTo("far away");
        assertThat(greeting(World.NEAR, tcp)).isEqualTo("closed");
        assertThat(get(World.NEAR, "near.example.com").body()).startsWith("far web host=near");
        assertThat(get(World.NEAR, "www.example.com").status()).isEqualTo(403);
    }

    /** The listener sees requests there by itself. */
    @Test
    void alsoOnAPortThatSpeaksHttpInTheMesh() {
        int port = lab.world.http("near web", Lab.HTTP_PORT);
        Policies policies = new Policies()
                .egress(
                        "near",
                        SOURCE + "hosts: [near.example.com]\nports: [{number: %d, protocol: http}]".formatted(port));
        apply(policies.plan("web", false, new DialledAddress(World.NEAR, port)));

        await().until(() ->
                Client.get(lab.pod, World.NEAR, port, "Host: near.example.com").status() == 200);
        assertThat(Client.get(lab.pod, World.NEAR, port, "Host: other").status())
                .isEqualTo(403);
        assertThat(Client.get(lab.pod, World.FAR, port, "Host: near.example.com")
                        .body())
                .startsWith("near web");
    }

    /** No name server answers here. */
    @Test
    void aHostThatIsNotFoundHoldsNothingElseUp() {
        apply(new Policies().egress("gone", SOURCE + """
                        hosts: [api.example.com, nowhere.example.com]
                        ports: [{number: %d, protocol: http}]
                        """.formatted(http)).plan("web", false));

        await().atMost(Duration.ofSeconds(3))
                .until(() -> get(ELSEWHERE, "nowhere.example.com").status() == 503);
        assertThat(get(ELSEWHERE, "api.example.com").status()).isEqualTo(200);
        assertThat(lab.sidecar.stat("cluster_manager.warming_clusters")).isZero();
    }

    @Test
    void anotherAccountIsNotLetOut() {
        apply(everything().plan("other", false));

        closedAgain();
    }

    @Test
    void whatIsTakenAwayIsClosedAlsoForRequestsOnAnOpenConnection() {
        try (Client open = Client.dial(lab.pod, World.FAR, http)) {
            assertThat(open.get("Host: api.example.com").status()).isEqualTo(200);

            apply(new Policies().plan("web", false));

            closedAgain();
            assertThat(open.get("Host: api.example.com").status()).isNotEqualTo(200);
        }
    }

    private static void closedAgain() {
        await().until(() -> get(World.FAR, "api.example.com").status() == 0);
        await().until(() -> greeting(World.FAR, tcp).equals("closed"));
        await().until(() -> overTls(World.FAR, https, "api.example.com").isEmpty());
    }

    @Test
    void aPolicyThatComesClosesNoConnection() {
        try (Client open = Client.dial(lab.pod, World.FAR, tcp)) {
            assertThat(open.greeting()).isEqualTo("far away");

            apply(everything().egress("more", SOURCE + """
                            hosts: [other.example.com]
                            ports: [{number: %d, protocol: http}, {number: 9, protocol: https}]
                            """.formatted(http)).plan("web", false));

            await().until(() -> get(World.FAR, "other.example.com").status() == 200);
            assertThat(open.echo("still here")).isEqualTo("still here");
        }
    }

    @Test
    void whileEgressIsOpenPoliciesChangeNothing() {
        ProxyPlan open = everything().plan("web", true);

        assertThat(open).isEqualTo(new Policies().plan("web", true));
        apply(open);
        await().until(() -> get(World.FAR, "anything").status() == 200);
        assertThat(greeting(World.FAR, tcp)).isEqualTo("far away");
    }
}
