package io.osmj.cli.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Paths as a rule sees them after the sidecar has normalised them: no query, no dots, no doubled and no escaped slashes. An
 * Envoy judges this in a test.
 */
final class RequestPath {
    private static final Pattern ESCAPED_SLASH = Pattern.compile("%(2[fF]|5[cC])");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9a-fA-F]{2})");

    private RequestPath() {}

    static String asEnvoySeesIt(String path) {
        String plain = path.replaceFirst("[?#].*$", "");
        plain = ESCAPED_SLASH.matcher(plain).replaceAll("/").replace('\\', '/');
        plain = ESCAPED.matcher(plain).replaceAll(code -> unreserved(code.group(1)));
        return withoutDots(plain.replaceAll("/+", "/"));
    }

    /** RFC 3986, section 6.2.2.2: letters, digits and a few signs mean the same escaped and written out. */
    private static String unreserved(String hex) {
        char sign = (char) Integer.parseInt(hex, 16);
        boolean plain = sign < 128 && (Character.isLetterOrDigit(sign) || "-._~".indexOf(sign) >= 0);
        return plain ? String.valueOf(sign) : "%" + hex;
    }

    private static String withoutDots(String path) {
        Deque<String> steps = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.equals("..")) {
                steps.pollLast();
            } else if (!part.equals(".") && !part.isEmpty()) {
                steps.addLast(part);
            }
        }
        String last = parts[parts.length - 1];
        boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", steps) + (folder && !steps.isEmpty() ? "/" : "");
    }
}
