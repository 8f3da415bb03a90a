package io.osmj.integration.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Destination.Denied;
import io.osmj.core.settings.AccessLog;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which requests a sidecar writes a line about. Envoy holds lines back for up to ten seconds. */
@Tag("netns")
class AccessLogTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Lab lab;
    private static int orders;
    private static int last = 1;

    @BeforeAll
    static void start() {
        lab = new Lab(Lab.CLOSED);
        orders = lab.world.http("orders");
    }

    @AfterAll
    static void stop() {
        assertThat(lab.controlPlane.nacks()).isEmpty();
        lab.close();
    }

    @Test
    void eachRequestHasItsLine() {
        log(AccessLog.ALL);
        Destination good = good();
        Destination refused = refused();

        assertThat(lab.get(good).status()).isEqualTo(200);
        assertThat(lab.get(refused).status()).isEqualTo(403);

        await().atMost(SOON).until(() -> lines(good) == 1 && lines(refused) == 1);
    }

    @Test
    void ofFailuresAloneWhatWentWellHasNone() {
        log(AccessLog.FAILURES);
        Destination good = good();
        Destination refused = refused();
        Destination refusedGrpc = refused();
        Destination away = Lab.to(address(), Lab.HTTP_PORT, Carriage.HTTP, 1);
        lab.resolver.set(away);

        assertThat(lab.get(good).status()).isEqualTo(200);
        assertThat(lab.get(refused).status()).isEqualTo(403);
        assertThat(lab.get(away).status()).isEqualTo(503);
        assertThat(GrpcCall.status(lab.pod, refusedGrpc).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);

        await().atMost(SOON).until(() -> lines(refused) == 1 && lines(away) == 1 && lines(refusedGrpc) == 1);
        assertThat(lines(good)).isZero();
    }

    @Test
    void noneIsNone() {
        log(AccessLog.NONE);
        Destination refused = refused();
        assertThat(lab.get(refused).status()).isEqualTo(403);

        // What is written afterwards shows that the earlier lines would be there.
        log(AccessLog.ALL);
        Destination good = good();
        assertThat(lab.get(good).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> lines(good) == 1);
        assertThat(lines(refused)).isZero();
    }

    private static void log(AccessLog log) {
        lab.resolver.set(log);
        int wanted = log == AccessLog.NONE ? 0 : 1;
        await().until(() -> {
            String listener = lab.sidecar.admin("/config_dump?resource=dynamic_listeners&name_regex=outbound-listener");
            boolean filtered = listener.contains("grpc_status_filter");
            return listener.contains("\"access_log\"") == (wanted == 1) && filtered == (log == AccessLog.FAILURES);
        });
    }

    private static Destination good() {
        Destination good = Lab.to(address(), Lab.HTTP_PORT, Carriage.HTTP, orders);
        lab.resolver.set(good);
        return good;
    }

    private static Destination refused() {
        Destination refused = Lab.destination(address(), Lab.HTTP_PORT, Carriage.HTTP, new Denied());
        lab.resolver.set(refused);
        return refused;
    }

    /** A service of its own for each call, so that its lines can be told from the others'. */
    private static String address() {
        return "10.99.0." + last++;
    }

    private static long lines(Destination destination) {
        String authority = "\"authority\":\"" + destination.address();
        return lab.sidecar
                .log()
                .lines()
                .filter(line -> line.contains(authority + "\"") || line.contains(authority + ":"))
                .count();
    }
}
