package io.osmj.cli.policy;

import com.google.re2j.Pattern;
import io.osmj.core.policy.HttpMatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a request. What is not known may be anything, so a rule that asks for it may or may not match.
 *
 * @param method empty when not known
 * @param path with or without query; empty when not known
 * @param headers by lower-case name; empty when nothing is known of them
 */
record Request(Optional<String> method, Optional<String> path, Map<String, String> headers) {
    /** Nothing is known. */
    static final Request ANY = new Request(Optional.empty(), Optional.empty(), Map.of());

    Request {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Collections.unmodifiableMap(lower);
    }

    /** Whether a match speaks of a request. */
    enum Fit {
        YES,
        /** It hangs on something that is not known. */
        PERHAPS,
        NO
    }

    /** Whether nothing at all is known. */
    boolean unknown() {
        return equals(ANY);
    }

    Fit fits(HttpMatch match) {
        boolean perhaps = false;
        for (Condition condition : conditions(match)) {
            if (condition.value().isPresent() && !condition.holds()) {
                return Fit.NO;
            }
            perhaps |= condition.value().isEmpty();
        }
        return perhaps ? Fit.PERHAPS : Fit.YES;
    }

    /** Why a match does not speak of this request, in words; empty when it does or may. */
    List<String> misses(HttpMatch match) {
        return conditions(match).stream()
                .filter(condition -> condition.value().isPresent() && !condition.holds())
                .map(condition -> condition.what() + " '" + condition.value().get() + "' is not " + condition.wanted())
                .toList();
    }

    private record Condition(String what, Optional<String> value, String wanted, boolean holds) {}

    private List<Condition> conditions(HttpMatch match) {
        List<Condition> all = new ArrayList<>();
        if (!match.methods().isEmpty()) {
            boolean holds = method.map(match.methods()::contains).orElse(false);
            all.add(new Condition("method", method, String.join(" or ", match.methods()), holds));
        }
        if (!match.pathRegex().isEmpty()) {
            Optional<String> plain = path.map(RequestPath::asEnvoySeesIt);
            boolean holds =
                    plain.map(seen -> Pattern.matches(match.pathRegex(), seen)).orElse(false);
            all.add(new Condition("path", plain, match.pathRegex(), holds));
        }
        match.headers().forEach((name, regex) -> {
            Optional<String> value = header(name);
            String whole = match.values().getOrDefault(name, regex);
            boolean holds = value.map(seen -> Pattern.matches(whole, seen)).orElse(false);
            all.add(new Condition("header " + name, value, regex, holds));
        });
        return all;
    }

    /** Whoever names one header names them all: one that is not named is not sent. */
    private Optional<String> header(String name) {
        return headers.isEmpty() ? Optional.empty() : Optional.of(headers.getOrDefault(name, ""));
    }

    @Override
    public String toString() {
        String line = (method.orElse("") + " " + path.orElse("")).strip();
        return headers.isEmpty() ? line : (line + " " + headers).strip();
    }
}
