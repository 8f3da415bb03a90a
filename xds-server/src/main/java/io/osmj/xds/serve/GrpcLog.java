package io.osmj.xds.serve;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where gRPC says what is wrong: in the log of everything else, so many times a minute and without a stack trace of what a client
 * did. It says it of each request that is too large or no protobuf at all, on 40 lines or 80, and a client can send them in a row.
 */
final class GrpcLog extends Handler {
    private static final Logger LOG = LoggerFactory.getLogger("io.grpc");

    /** Held, as the platform forgets what is set of a logger that nobody holds. */
    private static final java.util.logging.Logger SOURCE = java.util.logging.Logger.getLogger("io.grpc");

    private static final int MOST_LINES_PER_MINUTE = 20;

    private final PerMinute linesOfClients = new PerMinute(MOST_LINES_PER_MINUTE);

    /** Of what is wrong here: whatever clients do does not hide it. */
    private final PerMinute linesOfOurs = new PerMinute(MOST_LINES_PER_MINUTE);

    private final SimpleFormatter formatter = new SimpleFormatter();

    private GrpcLog() {}

    /** Takes over from whatever the platform does with it. */
    static synchronized void takeOver() {
        SOURCE.setUseParentHandlers(false);
        for (Handler before : SOURCE.getHandlers()) {
            SOURCE.removeHandler(before);
        }
        SOURCE.addHandler(new GrpcLog());
    }

    @Override
    public void publish(LogRecord record) {
        Throwable fault = record.getThrown();
        boolean ofClient = fault instanceof StatusRuntimeException || fault instanceof StatusException;
        if (isLoggable(record) && mayLog(ofClient ? linesOfClients : linesOfOurs)) {
            boolean bad = record.getLevel().intValue() >= Level.WARNING.intValue();
            LOG.atLevel(bad ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO)
                    .setCause(ofClient ? null : fault)
                    .log(Words.line(formatter.formatMessage(record) + (fault == null ? "" : ": " + fault)));
        }
    }

    private synchronized boolean mayLog(PerMinute lines) {
        return lines.mayHappen(System.nanoTime());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
