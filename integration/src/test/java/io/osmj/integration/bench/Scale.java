package io.osmj.integration.bench;

import java.util.Map;
import picocli.CommandLine.Option;

/** What is measured, and with how large a mesh. */
final class Scale {
    /** How many others each service calls. */
    static final int CALLEES = 10;

    /** The last services: their pods have no sidecar in the swarm, and come and go in the churn. */
    static final int SPARE = 10;

    @Option(names = "--services", defaultValue = "210", description = "Services; default: ${DEFAULT-VALUE}.")
    int services;

    @Option(names = "--pods", defaultValue = "5", description = "Pods of each service; default: ${DEFAULT-VALUE}.")
    int pods;

    @Option(names = "--sidecars", defaultValue = "1000", description = "Streams; default: ${DEFAULT-VALUE}.")
    int sidecars;

    @Option(
            names = "--mode",
            defaultValue = "scoped",
            description = "scoped: strict, each service may call 10. permissive: on demand. Default: ${DEFAULT-VALUE}.")
    String mode = "";

    @Option(names = "--repeats", defaultValue = "20", description = "Changes of a kind; default: ${DEFAULT-VALUE}.")
    int repeats;

    @Option(names = "--churn-seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    int churnSeconds;

    @Option(names = "--only", defaultValue = "", split = ",", description = "The figures whose names begin so.")
    String[] only = {};

    @Option(names = "--heap", defaultValue = "256m", description = "Largest heap; default: ${DEFAULT-VALUE}.")
    String heap = "";

    @Option(names = "--jvm", defaultValue = "", description = "More options for the control plane's JVM.")
    String jvm = "";

    @Option(names = "--jdk", description = "On the JDK, which has a flight recorder, in place of the image's runtime.")
    boolean jdk;

    boolean permissive() {
        return mode.equals("permissive");
    }

    boolean wants(String name) {
        for (String prefix : only) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return only.length == 0 || only[0].isEmpty();
    }

    Map<String, Object> conditions() {
        return Map.of("services", services, "pods", pods, "sidecars", sidecars, "mode", mode, "heap", heap);
    }
}
