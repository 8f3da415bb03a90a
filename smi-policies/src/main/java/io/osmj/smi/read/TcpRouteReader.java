package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Reads TCPRoutes. */
public final class TcpRouteReader {
    private TcpRouteReader() {}

    /** The route with the ports that can be used. */
    public static Outcome<TcpRoute> read(JsonNode object) {
        Faults faults = new Faults("TCPRoute", object);
        List<Integer> ports = new ArrayList<>();
        JsonNode list = object.path("spec").path("matches").path("ports");
        for (int index = 0; index < list.size(); index++) {
            int port = list.get(index).asInt(0);
            if (port >= 1 && port <= 65_535) {
                ports.add(port);
            } else {
                // Port 0 is never a target port: a route whose ports are all bad must not turn into "every port".
                ports.add(0);
                faults.add(
                        ProblemCode.M1002,
                        "spec.matches.ports[" + index + "]",
                        "'" + list.get(index).asText() + "' is not a port.",
                        "Write a port from 1 to 65535 there.");
            }
        }
        return new Outcome<>(new TcpRoute(faults.ref(), ports), faults.problems());
    }
}
