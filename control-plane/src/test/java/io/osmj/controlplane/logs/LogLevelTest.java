package io.osmj.controlplane.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class LogLevelTest {
    private final Logger ours = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.osmj");
    private final Level before = ours.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        ours.addAppender(lines);
    }

    @AfterEach
    void restore() {
        ours.detachAppender(lines);
        ours.setLevel(before);
    }

    /** On the way down while the old level still lets it be said, on the way up as soon as the new one does. */
    @ParameterizedTest
    @CsvSource({
        "error, info, INFO",
        "error, debug, DEBUG",
        "disabled, info, INFO",
        "info, error, ERROR",
        "info, trace, TRACE"
    })
    void aChangeIsSaidOnceWhereOneOfTheTwoLevelsLetsIt(String from, String to, String said) {
        LogLevel.set(from);
        lines.list.clear();

        LogLevel.set(to);
        LogLevel.set(to);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Logging at level " + said + " from now on.");
    }

    @Test
    void betweenTwoLevelsThatSayLittleNothingIsSaid() {
        LogLevel.set("error");
        lines.list.clear();

        LogLevel.set("warn");

        assertThat(ours.getLevel()).isEqualTo(Level.WARN);
        assertThat(lines.list).isEmpty();
    }
}
