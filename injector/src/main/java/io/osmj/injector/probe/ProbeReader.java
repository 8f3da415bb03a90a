package io.osmj.injector.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.injector.pod.Container;
import java.time.Duration;
import java.util.OptionalInt;

/** Reads what one probe asks for. */
final class ProbeReader {
    private ProbeReader() {}

    /** What was found in the field of a probe. */
    sealed interface Reading {
        /** The sidecar can ask this. */
        record Asks(ProbeTarget target) implements Reading {}

        /** The probe does not come through the pod's network, or not to this pod: it stays as it is. */
        record PassesBy() implements Reading {}

        /** The probe names a port that the container does not have. */
        record NoPort(String port) implements Reading {}
    }

    /** Reads a probe of this container. Defaults are those of the API server. */
    static Reading read(Container container, JsonNode probe) {
        Duration timeout =
                Duration.ofSeconds(Math.max(1, probe.path("timeoutSeconds").asInt(1)));
        for (String action : new String[] {"httpGet", "tcpSocket", "grpc"}) {
            JsonNode asked = probe.path(action);
            if (asked.isObject()) {
                return read(container, action, asked, timeout);
            }
        }
        return new Reading.PassesBy();
    }

    private static Reading read(Container container, String action, JsonNode asked, Duration timeout) {
        // A host is another machine, or the node itself; neither is reached through this pod's network.
        if (!asked.path("host").asText().isEmpty()) {
            return new Reading.PassesBy();
        }
        OptionalInt port = container.port(asked.path("port"));
        if (port.isEmpty()) {
            return new Reading.NoPort(asked.path("port").asText());
        }
        return new Reading.Asks(
                switch (action) {
                    case "httpGet" -> http(asked, port.getAsInt(), timeout);
                    case "grpc" ->
                        new ProbeTarget.Grpc(
                                port.getAsInt(), timeout, asked.path("service").asText());
                    default -> new ProbeTarget.Tcp(port.getAsInt(), timeout);
                });
    }

    private static ProbeTarget http(JsonNode asked, int port, Duration timeout) {
        String host = "";
        for (JsonNode header : asked.path("httpHeaders")) {
            if (header.path("name").asText().equalsIgnoreCase("host")) {
                host = header.path("value").asText();
            }
        }
        boolean tls = asked.path("scheme").asText().equals("HTTPS");
        return new ProbeTarget.Http(
                port, timeout, RequestPath.onTheWire(asked.path("path").asText("/")), tls, host);
    }
}
