package io.osmj.core.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which HTTP requests a rule speaks of. A match that says nothing speaks of all.
 *
 * @param pathRegex RE2 expression that must match the whole path without query; empty means any path
 * @param methods HTTP methods; empty means any
 * @param headers RE2 expression by lower-case header name that must match the whole value; {@code host} stands for the
 *     authority
 */
public record HttpMatch(String pathRegex, List<String> methods, Map<String, String> headers) {
    /** Every request. */
    public static final HttpMatch ANY = new HttpMatch("", List.of(), new TreeMap<>());

    public HttpMatch {
        methods = methods.stream().sorted().distinct().toList();
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** Whether nothing narrows this match. */
    public boolean any() {
        return equals(ANY);
    }
}
