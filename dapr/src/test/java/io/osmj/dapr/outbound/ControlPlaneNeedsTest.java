package io.osmj.dapr.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlPlaneNeedsTest {
    /** The Services of Dapr 1.16. */
    private static final List<DaprService> PRESENT_DAY = List.of(
            service("dapr-api", "10.0.1.1", port("grpc", 443), port("legacy", 80), port("http-metrics", 9090)),
            service("dapr-placement-server", "", port("api", 50_005), port("raft-cluster", 8201)),
            service("dapr-scheduler-server", "", port("api", 50_006), port("etcd-client", 2379)),
            service("dapr-scheduler-server-a", "10.0.1.2", port("api", 443), port("etcd-client", 2379)),
            service("dapr-sentry", "10.0.1.3", port("grpc", 443)),
            service("dapr-sidecar-injector", "10.0.1.4", port("https", 443)),
            service("dapr-webhook", "10.0.1.5", port("", 443)));

    /** The Services of Dapr 1.9, for which Open Service Mesh's walkthrough was written. */
    private static final List<DaprService> OF_THE_WALKTHROUGH = List.of(
            service("dapr-api", "10.0.1.1", port("", 80)),
            service("dapr-placement-server", "", port("api", 50_005), port("raft-cluster", 8201)),
            service("dapr-sentry", "10.0.1.3", port("", 80)),
            service("dapr-sidecar-injector", "10.0.1.4", port("https", 443)));

    private static final Interception LISTS_OF_THE_WALKTHROUGH =
            lists(List.of(50_005, 8201, 6379, 80), List.of("10.0.0.1/32"));

    @Test
    void namesWhatDaprdDials() {
        assertThat(ControlPlaneNeeds.of(PRESENT_DAY))
                .extracting(need -> need.what() + " " + need.destination())
                .containsExactly(
                        "dapr-api 10.0.1.1/32",
                        "dapr-placement-server port 50005",
                        "dapr-scheduler-server port 50006",
                        "dapr-scheduler-server-a 10.0.1.2/32",
                        "dapr-sentry 10.0.1.3/32");
    }

    @Test
    void theWalkthroughsListsServeTheDaprTheyWereWrittenFor() {
        assertThat(missing(OF_THE_WALKTHROUGH, LISTS_OF_THE_WALKTHROUGH)).isEmpty();
    }

    @Test
    void theWalkthroughsListsLeaveOutWhatCameLater() {
        assertThat(missing(PRESENT_DAY, LISTS_OF_THE_WALKTHROUGH))
                .containsExactly("dapr-api", "dapr-scheduler-server", "dapr-scheduler-server-a", "dapr-sentry");
    }

    @Test
    void theWholePortServesAsWellAsTheAddresses() {
        assertThat(missing(PRESENT_DAY, lists(List.of(50_005, 50_006, 443), List.of())))
                .isEmpty();
        assertThat(missing(PRESENT_DAY, lists(List.of(50_005, 50_006), List.of("10.0.1.0/24"))))
                .isEmpty();
    }

    @Test
    void whatIsNotIncludedPassesByItself() {
        var included = new Interception(
                List.of(50_005, 50_006), List.of(), List.of(), List.of(cidr("10.9.0.0/16")), List.of());

        assertThat(missing(PRESENT_DAY, included)).isEmpty();
    }

    @Test
    void theRemediesTogetherMeetAllNeeds() {
        var mended = ControlPlaneNeeds.of(PRESENT_DAY).stream()
                .map(Need::remedy)
                .reduce(Interception.EVERYTHING, Interception::union);

        assertThat(missing(PRESENT_DAY, mended)).isEmpty();
        assertThat(mended.outboundPorts()).containsExactly(50_005, 50_006);
        assertThat(mended.outboundExclusions())
                .containsExactly(cidr("10.0.1.1/32"), cidr("10.0.1.2/32"), cidr("10.0.1.3/32"));
    }

    @Test
    void theApiServerIsForSecretsOnly() {
        assertThat(ControlPlaneNeeds.ofKubernetes("10.0.0.1", 443)).hasValueSatisfying(need -> {
            assertThat(need.essential()).isFalse();
            assertThat(need.metBy(LISTS_OF_THE_WALKTHROUGH)).isTrue();
        });
        assertThat(ControlPlaneNeeds.ofKubernetes("fd00::1", 443)).isEmpty();
    }

    private static List<String> missing(List<DaprService> services, Interception lists) {
        return ControlPlaneNeeds.of(services).stream()
                .filter(need -> !need.metBy(lists))
                .map(Need::what)
                .toList();
    }

    private static Interception lists(List<Integer> ports, List<String> ranges) {
        return new Interception(
                ports,
                List.of(),
                ranges.stream().map(ControlPlaneNeedsTest::cidr).toList(),
                List.of(),
                List.of());
    }

    private static DaprService service(String name, String clusterIp, DaprService.Port... ports) {
        return new DaprService(
                name,
                Optional.of(clusterIp).filter(ip -> !ip.isEmpty()),
                Stream.of(ports).toList());
    }

    private static DaprService.Port port(String name, int number) {
        return new DaprService.Port(name, number);
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
