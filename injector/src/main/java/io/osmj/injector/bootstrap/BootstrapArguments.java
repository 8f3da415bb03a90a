package io.osmj.injector.bootstrap;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bootstraps as JSON on one line, in the form that an argument of a container has. Sidecars with the same probes differ in nothing but
 * who they are, and printing is most of what it takes to give a pod its sidecar, so what they share is printed once. Safe for many
 * threads.
 */
public final class BootstrapArguments {
    /** Enough for the workloads that are rolled out at one time; a text has 8 KiB, or as much as a program may be given. */
    private static final int MOST_KEPT = 32;

    private final Map<BootstrapInput, String> shared = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BootstrapInput, String> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** The argument of one sidecar. */
    public String of(BootstrapInput input) {
        String who = PodIp.asArgument(EnvoyJson.print(SidecarBootstrap.who(input)));
        return who.substring(0, who.length() - 1) + ","
                + shared(input.ofAnybody()).substring(1);
    }

    private String shared(BootstrapInput anybody) {
        synchronized (shared) {
            return shared.computeIfAbsent(anybody, BootstrapArguments::print);
        }
    }

    private static String print(BootstrapInput anybody) {
        return PodIp.asArgument(
                EnvoyJson.print(SidecarBootstrap.ofAnybody(anybody).build()));
    }
}
