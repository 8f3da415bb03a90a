package io.osmj.injector.patch;

import io.osmj.core.settings.Resources;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many worker threads a sidecar has. */
final class Workers {
    /** Without a word of the user: enough for one to be busy, and not Envoy's choice of one for each core of the node. */
    private static final int USUAL = 2;

    private static final Pattern CPU = Pattern.compile("(\\d{1,6})(m?)");

    private Workers() {}

    /** As many as the CPU limit has whole CPUs, begun ones counted; the usual number where there is no limit. */
    static int of(Resources resources) {
        Matcher limit = CPU.matcher(resources.limits().getOrDefault("cpu", ""));
        if (!limit.matches()) {
            return USUAL;
        }
        int number = Integer.parseInt(limit.group(1));
        int cpus = limit.group(2).isEmpty() ? number : Math.ceilDiv(number, 1000);
        return Math.max(1, cpus);
    }
}
