package io.osmj.integration.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.osmj.controlplane.leader.Leadership;
import io.osmj.integration.apiserver.ApiServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apiserver")
@ExtendWith(ApiServer.class)
class LeadershipTest {
    private static final String NAMESPACE = "default";

    /** Twice as long as until the next attempt, and some time for what is at work beside. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final KubernetesClient client;

    LeadershipTest(ApiServer.Running server) {
        this.client = server.client();
    }

    @Test
    void whoIsOvertakenLeadsNoMoreUntilTheLeaseIsFree() {
        try (Leadership one = new Leadership(client, NAMESPACE, "one", () -> {})) {
            one.start();
            await().atMost(SOON).until(one::leads);
            String first = renewed();
            await().atMost(SOON).until(() -> !renewed().equals(first));

            hold("two");
            await().atMost(SOON).until(() -> !one.leads());

            hold("");
            await().atMost(SOON).until(one::leads);
        }
        // Handed back: it ends in a second, whoever holds it.
        await().atMost(SOON).until(() -> lease().get().getSpec().getLeaseDurationSeconds() == 1);
    }

    private Resource<Lease> lease() {
        return client.leases().inNamespace(NAMESPACE).withName(Leadership.LEASE);
    }

    private String renewed() {
        return String.valueOf(lease().get().getSpec().getRenewTime());
    }

    private void hold(String holder) {
        lease().edit(lease -> {
            lease.getSpec().setHolderIdentity(holder);
            lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
            return lease;
        });
    }
}
