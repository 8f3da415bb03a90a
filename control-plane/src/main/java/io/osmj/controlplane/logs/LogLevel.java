package io.osmj.controlplane.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The level at which the mesh's own code logs. What others' code logs is not touched: at trace it holds tokens. */
public final class LogLevel {
    private static final Logger LOG = LoggerFactory.getLogger(LogLevel.class);
    private static final String OURS = "io.osmj";
    private static final String CHANGED = "Logging at level {} from now on.";

    private LogLevel() {}

    /**
     * Takes over a level, if it is another than before.
     *
     * @param word as in OSM: trace, debug, info, warn, error, fatal, panic or disabled; any other means info
     */
    public static void set(String word) {
        ch.qos.logback.classic.Logger ours = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(OURS);
        Level level = level(word);
        if (!level.equals(ours.getLevel())) {
            // Said while the more talkative of the two holds; between two that say little it is not said.
            boolean saidBefore = LOG.isInfoEnabled();
            if (saidBefore) {
                LOG.info(CHANGED, level);
            }
            ours.setLevel(level);
            if (!saidBefore) {
                LOG.info(CHANGED, level);
            }
        }
    }

    private static Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.TRACE;
            case "debug" -> Level.DEBUG;
            case "warn" -> Level.WARN;
            case "error", "fatal", "panic" -> Level.ERROR;
            case "disabled" -> Level.OFF;
            default -> Level.INFO;
        };
    }
}
