package io.osmj.controlplane.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Logs as JSON, a line each, on the standard output. Logback finds this by its service file; written as XML the same takes five
 * hundred classes more.
 */
public final class JsonLogs extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(logs);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
        out.setContext(logs);
        out.setName("stdout");
        out.setEncoder(encoder);
        out.start();
        Logger root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(out);
        logs.getLogger("io.osmj").setLevel(Level.INFO);
        // Retries of informers and of the election are told by our own code, once for each reason.
        logs.getLogger("io.fabric8.kubernetes.client.informers").setLevel(Level.OFF);
        logs.getLogger("io.fabric8.kubernetes.client.extended.leaderelection").setLevel(Level.ERROR);
        // It warns of every API version that is not called v1.
        logs.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils")
                .setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
