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
 *     authority, with or without its port
 */
public record HttpMatch(String pathRegex, List<String> methods, Map<String, String> headers) {
    /** Every request. */
    public static final HttpMatch ANY = new HttpMatch("", List.of(), new TreeMap<>());

    public HttpMatch {
        methods = methods.stream().sorted().distinct().toList();
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** What the whole value of each header must match, by {@link #whole}. */
    public Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(headers);
        values.replaceAll(HttpMatch::whole);
        return values;
    }

    /**
     * What the whole value of a header must match. A client adds the port to the host where it is not the scheme's own (RFC 9110,
     * section 7.2), while OSM's tutorials name the host alone; which port is reached has been decided by then.
     */
    public static String whole(String header, String regex) {
        return header.equals("host") ? "(?:" + regex + ")(?::[0-9]+)?" : regex;
    }

    /** Whether nothing narrows this match. */
    public boolean any() {
        return equals(ANY);
    }
}
