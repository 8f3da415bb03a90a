package io.osmj.cli.session;

import java.io.Console;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Colours, where they are wanted.
 *
 * @param wanted asked only when something is to be painted, because looking for a terminal takes time
 */
public record Paint(BooleanSupplier wanted) {
    /** No colours, for files, pipes and tests. */
    public static final Paint PLAIN = new Paint(() -> false);

    /** Colours on a terminal, unless NO_COLOR says otherwise (no-color.org). */
    public static Paint ofThisProcess() {
        return new Paint(() -> {
            var noColor = System.getenv("NO_COLOR");
            return (noColor == null || noColor.isEmpty())
                    && Optional.ofNullable(System.console())
                            .filter(Console::isTerminal)
                            .isPresent();
        });
    }

    public String good(String text) {
        return in("32", text);
    }

    public String warning(String text) {
        return in("33", text);
    }

    public String bad(String text) {
        return in("31", text);
    }

    public String strong(String text) {
        return in("1", text);
    }

    private String in(String code, String text) {
        return wanted.getAsBoolean() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
