package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.EgressRule.By;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads Egress policies. One with a fault takes no effect at all: were a range that cannot be read left out, the rest could be
 * none, which means any address.
 */
public final class EgressReader {
    private final JsonNode spec;
    private final Faults faults;

    private EgressReader(JsonNode object) {
        this.spec = object.path("spec");
        this.faults = new Faults("Egress", object);
    }

    /** The policy; empty when it takes no effect. */
    public static Outcome<Optional<EgressPolicy>> read(JsonNode object) {
        EgressReader reader = new EgressReader(object);
        Optional<EgressPolicy> policy = reader.policy();
        return new Outcome<>(policy, reader.faults.problems());
    }

    private Optional<EgressPolicy> policy() {
        List<ServiceAccount> sources = each("sources", this::source);
        List<String> hosts = each("hosts", (host, field) -> EgressHost.read(host.asText(), field, faults));
        List<Cidr> ranges = each("ipAddresses", this::range);
        List<EgressRule.Port> ports = each("ports", (port, field) -> port(port, field, hosts.isEmpty()));
        List<EgressPolicy.Group> groups = new EgressMatches(spec.path("matches"), faults).groups();
        if (faults.any(EgressReader::breaks)) {
            return Optional.empty();
        }
        EgressPolicy policy = new EgressPolicy(faults.ref(), sources, hosts, ranges, ports, groups);
        EgressRemarks.add(policy, spec, faults);
        return Optional.of(policy);
    }

    /** What is not acted on yet is said and keeps nothing else from taking effect. */
    private static boolean breaks(ProblemCode code) {
        return code != ProblemCode.M2016;
    }

    private <T> List<T> each(String list, BiFunction<JsonNode, String, Optional<T>> read) {
        List<T> items = new ArrayList<>();
        for (int index = 0; index < spec.path(list).size(); index++) {
            read.apply(spec.path(list).get(index), "spec." + list + "[" + index + "]")
                    .ifPresent(items::add);
        }
        return items;
    }

    private Optional<ServiceAccount> source(JsonNode source, String field) {
        String kind = source.path("kind").asText("");
        String name = source.path("name").asText("");
        String namespace = source.path("namespace").asText("");
        if (!kind.equals("ServiceAccount") || name.isEmpty() || namespace.isEmpty()) {
            faults.add(
                    ProblemCode.M2009,
                    field,
                    "'" + kind + "' '" + namespace + "/" + name + "' is not a ServiceAccount with namespace and name.",
                    "Use kind ServiceAccount, its name and its namespace.");
            return Optional.empty();
        }
        return Optional.of(new ServiceAccount(namespace, name));
    }

    private Optional<Cidr> range(JsonNode range, String field) {
        Optional<Cidr> read = Cidr.parse(range.asText(""));
        if (read.isEmpty()) {
            faults.add(
                    ProblemCode.M1001,
                    field,
                    "'" + range.asText("") + "' is not an IPv4 range.",
                    "Write a range such as 10.0.0.1/32 there.");
        }
        return read;
    }

    private Optional<EgressRule.Port> port(JsonNode port, String field, boolean noHosts) {
        JsonNode number = port.path("number");
        Optional<By> by = by(port.path("protocol").asText("").toLowerCase(Locale.ROOT), noHosts);
        if (!number.isIntegralNumber() || number.asLong() < 1 || number.asLong() > 65_535) {
            faults.add(
                    ProblemCode.M1005,
                    field + ".number",
                    "'" + number.asText("") + "' is not a port.",
                    "Write a number from 1 to 65535 there.");
            return Optional.empty();
        }
        if (by.isEmpty()) {
            faults.add(
                    ProblemCode.M1005,
                    field + ".protocol",
                    "'" + port.path("protocol").asText("") + "' is not a protocol that can leave the mesh.",
                    "Use http, https, tcp or tcp-server-first.");
        }
        return by.map(what -> new EgressRule.Port(number.intValue(), what));
    }

    /** OSM's rule: without hosts the server name does not matter, and https is bytes to an address. */
    private static Optional<By> by(String protocol, boolean noHosts) {
        return switch (protocol) {
            case "http" -> Optional.of(By.HTTP_HOST);
            case "https" -> Optional.of(noHosts ? By.ADDRESS : By.TLS_NAME);
            case "tcp", "tcp-server-first" -> Optional.of(By.ADDRESS);
            default -> Optional.empty();
        };
    }
}
