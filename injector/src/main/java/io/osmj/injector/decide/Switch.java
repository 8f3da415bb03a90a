package io.osmj.injector.decide;

import java.util.Locale;

/** What the value of an on-off annotation says. */
enum Switch {
    ON,
    OFF,
    UNKNOWN;

    /** Reads {@code enabled|yes|true} and {@code disabled|no|false} in any case, as Open Service Mesh does. */
    static Switch read(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "enabled", "yes", "true" -> ON;
            case "disabled", "no", "false" -> OFF;
            default -> UNKNOWN;
        };
    }
}
