package io.osmj.injector.bootstrap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kubelet does to an argument of a container before it runs it. */
public final class Kubelet {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\((\\w+)\\))");

    private Kubelet() {}

    /** Two dollars become one, a reference to POD_IP becomes the IP, any other reference stays. */
    public static String expand(String argument, String podIp) {
        return REFERENCE
                .matcher(argument)
                .replaceAll(found -> Matcher.quoteReplacement(expand(found.group(1), found.group(), podIp)));
    }

    private static String expand(String inner, String whole, String podIp) {
        return switch (inner) {
            case "$" -> "$";
            case "(POD_IP)" -> podIp;
            default -> whole;
        };
    }
}
