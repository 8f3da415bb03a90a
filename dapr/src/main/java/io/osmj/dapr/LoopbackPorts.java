package io.osmj.dapr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The ports of a pod on which daprd offers its own API. Since Dapr 1.4 it binds them to loopback alone, although the service
 * {@code <app-id>-dapr} publishes them: a proxy that hands calls on to 127.0.0.1 would open one application's state and
 * secrets to every peer.
 */
public final class LoopbackPorts {
    private static final int HTTP = 3500;
    private static final int GRPC = 50_001;

    private LoopbackPorts() {}

    /**
     * The ports that must stay private to the pod, sorted; none when Dapr has no part in it.
     *
     * <p>What daprd was told in its arguments counts; before the container is there, the annotation; else Dapr's defaults.
     *
     * @param annotations the pod's
     * @param daprdArguments arguments of the container daprd; empty when the pod has no such container (yet)
     */
    public static List<Integer> of(Map<String, String> annotations, Optional<List<String>> daprdArguments) {
        boolean enabled = "true".equalsIgnoreCase(annotations.get("dapr.io/enabled"));
        if (!enabled && daprdArguments.isEmpty()) {
            return List.of();
        }
        List<String> arguments = daprdArguments.orElse(List.of());
        int http = flag(arguments, "dapr-http-port").orElse(HTTP);
        int grpc = flag(arguments, "dapr-grpc-port")
                .orElseGet(() ->
                        port(annotations.getOrDefault("dapr.io/grpc-port", "")).orElse(GRPC));
        return IntStream.of(http, grpc).sorted().distinct().boxed().toList();
    }

    /** Go's flags: one dash or two, the value after {@code =} or as the next argument; the last one wins. */
    private static OptionalInt flag(List<String> arguments, String name) {
        OptionalInt found = OptionalInt.empty();
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index).replaceFirst("^--?", "");
            if (argument.startsWith(name + "=")) {
                found = port(argument.substring(name.length() + 1));
            } else if (argument.equals(name) && index + 1 < arguments.size()) {
                found = port(arguments.get(index + 1));
            }
        }
        return found;
    }

    private static OptionalInt port(String text) {
        if (!text.matches("\\d{1,5}")) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
