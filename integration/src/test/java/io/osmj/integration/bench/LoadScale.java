package io.osmj.integration.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How much is sent, and how large the mesh around it is. */
final class LoadScale {
    @Option(names = "--rate", defaultValue = "1000", description = "Requests a second; default: ${DEFAULT-VALUE}.")
    int rate;

    @Option(names = "--connections", defaultValue = "8", description = "Of the client; default: ${DEFAULT-VALUE}.")
    int connections;

    @Option(names = "--seconds", defaultValue = "12", description = "Of each run of load; default: ${DEFAULT-VALUE}.")
    int seconds;

    @Option(names = "--rounds", defaultValue = "10", description = "Runs of each way; default: ${DEFAULT-VALUE}.")
    int rounds;

    @Option(names = "--services", defaultValue = "1000", description = "Of the mesh; default: ${DEFAULT-VALUE}.")
    int services;

    @Option(names = "--called", defaultValue = "10", description = "Of them, by the client; default: ${DEFAULT-VALUE}.")
    int called;

    @Option(names = "--further", defaultValue = "200", description = "Called later; default: ${DEFAULT-VALUE}.")
    int further;

    @Option(names = "--only", defaultValue = "all", description = "load or memory; default: ${DEFAULT-VALUE}.")
    String only = "";

    @Option(names = "--access-log", defaultValue = "All", description = "Of ours; default: ${DEFAULT-VALUE}.")
    String accessLog = "";

    @Option(names = "--lean-log", description = "The leanest write an access log, too: Envoy's own.")
    boolean leanLog;

    @Option(names = "--quick", description = "Two rounds of 3 seconds: to see that it works.")
    boolean quick;

    @Option(names = "--envoy", required = true, description = "The Envoy program.")
    Path envoy = Path.of("");

    @Option(names = "--giveback", required = true, description = "The library of the sidecar's image.")
    Path giveback = Path.of("");

    @Option(names = "--fortio", required = true, description = "The Fortio program.")
    Path fortio = Path.of("");

    int rounds() {
        return quick ? 2 : rounds;
    }

    int seconds() {
        return quick ? 3 : seconds;
    }

    boolean wants(String part) {
        return only.equals("all") || only.equals(part);
    }

    Map<String, Object> conditions() {
        return new TreeMap<>(Map.of(
                "rate",
                rate,
                "connections",
                connections,
                "seconds",
                seconds(),
                "rounds",
                rounds(),
                "services",
                services,
                "accessLog",
                accessLog,
                "leanLog",
                leanLog));
    }
}
