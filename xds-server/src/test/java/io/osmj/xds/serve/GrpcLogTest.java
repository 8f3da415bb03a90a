package io.osmj.xds.serve;

import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a client makes gRPC say in the log. */
final class GrpcLogTest {
    private static final int REQUESTS = 30;

    private final TestServer server = new TestServer();
    private final ch.qos.logback.classic.Logger log =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.grpc");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Elsewhere elsewhere = new Elsewhere();

    /** Whatever does not come into the log of everything else, but where the platform writes. */
    private static final class Elsewhere extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        Logger.getLogger("").addHandler(elsewhere);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        Logger.getLogger("").removeHandler(elsewhere);
        server.close();
    }

    @Test
    void requestsThatAreTooLargeAreTwentyLinesAMinute() {
        String large = "x".repeat(ConnectionOptions.DEFAULT.maxRequestBytes() + 1);
        for (int request = 0; request < REQUESTS; request++) {
            try (AdsClient client = new AdsClient(server)) {
                client.subscribe(ENDPOINT, large);
                assertThat(client.end().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
            }
        }
        assertThat(elsewhere.records).isEmpty();
        assertThat(lines.list).hasSize(20).allSatisfy(line -> {
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getFormattedMessage())
                    .contains("exceeds maximum size")
                    .doesNotContain("\n");
        });
    }
}
