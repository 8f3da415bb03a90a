package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.policy.IngressProtocol;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads IngressBackends of {@code policy.openservicemesh.io/v1alpha1}, with OSM's messages. An object that OSM's webhook would have
 * refused lets nobody in. OSM's rule about client certificates had its condition inverted; here it holds as it was meant, and as a
 * warning, because objects that OSM took must still be taken.
 */
public final class IngressBackendReader {
    /** An object with these is whole and does less than its author may think. */
    private static final Set<ProblemCode> HARMLESS =
            EnumSet.of(ProblemCode.M2012, ProblemCode.M2024, ProblemCode.M2025);

    private static final Pattern SERVER_NAME = Pattern.compile("(\\*\\.)?[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+)*");

    private final ObjectRef ref;
    private final JsonNode spec;
    private final List<Problem> problems = new ArrayList<>();
    private final List<IngressRule.Source> sources;

    private IngressBackendReader(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        this.ref = new ObjectRef(
                "IngressBackend",
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
        this.spec = object.path("spec");
        this.sources = new IngressSourceReader(ref, problems).read(spec.path("sources"));
    }

    /** The rule; empty when the object takes no effect. */
    public static Outcome<Optional<IngressRule>> read(JsonNode object) {
        IngressBackendReader reader = new IngressBackendReader(object);
        List<IngressRule.Backend> backends = reader.backends();
        reader.matches();
        boolean whole = reader.problems.stream().allMatch(problem -> HARMLESS.contains(problem.code()));
        return new Outcome<>(
                whole ? Optional.of(new IngressRule(reader.ref, backends, reader.sources)) : Optional.empty(),
                reader.problems);
    }

    private List<IngressRule.Backend> backends() {
        List<IngressRule.Backend> backends = new ArrayList<>();
        Set<String> claimed = new HashSet<>();
        JsonNode list = spec.path("backends");
        for (int index = 0; list.isArray() && index < list.size(); index++) {
            JsonNode backend = list.get(index);
            String field = "spec.backends[" + index + "]";
            String service = backend.path("name").asText("");
            String port = backend.path("port").path("number").asText("");
            if (!claimed.add(service + ":" + port)) {
                problem(
                        ProblemCode.M2011,
                        field,
                        "Duplicate backends detected with service name: " + service + " and port: " + port,
                        "Name each port of a service once.");
            }
            protocol(backend, field)
                    .ifPresent(protocol -> backends.add(new IngressRule.Backend(
                            service,
                            backend.path("port").path("number").asInt(),
                            protocol,
                            serverNames(backend.path("tls"), protocol, field + ".tls"))));
        }
        return backends;
    }

    private Optional<IngressProtocol> protocol(JsonNode backend, String field) {
        String word = backend.path("port").path("protocol").asText("");
        boolean skip = backend.path("tls").path("skipClientCertValidation").asBoolean(false);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "http" -> Optional.of(byAddress(IngressProtocol.HTTP, field + ".port.protocol"));
            case "https" ->
                Optional.of(
                        skip
                                ? byAddress(IngressProtocol.HTTPS, field + ".tls.skipClientCertValidation")
                                : certificate(field + ".tls"));
            default -> {
                problem(
                        ProblemCode.M1005,
                        field + ".port.protocol",
                        "Expected 'port.protocol' to be 'http' or 'https', got: " + word,
                        "Write http or https there.");
                yield Optional.empty();
            }
        };
    }

    private IngressProtocol byAddress(IngressProtocol protocol, String field) {
        if (sources.stream().allMatch(source -> source instanceof IngressRule.Client)) {
            problem(
                    ProblemCode.M2024,
                    field,
                    "Without a certificate of the caller only its address tells who it is, and no source names any, so"
                            + " nobody is let in.",
                    "Name a Service or an IPRange as a source; 0.0.0.0/0 if everybody is meant.");
        }
        return protocol;
    }

    private IngressProtocol certificate(String field) {
        if (sources.stream().noneMatch(source -> source instanceof IngressRule.Client)) {
            problem(
                    ProblemCode.M2012,
                    field,
                    "HTTPS ingress with client certificate validation enabled must specify at least one"
                            + " 'AuthenticatedPrincipal` source",
                    "Name the client as a source of kind AuthenticatedPrincipal; until then nobody is let in.");
        }
        return IngressProtocol.MUTUAL_HTTPS;
    }

    private List<String> serverNames(JsonNode tls, IngressProtocol protocol, String field) {
        if (!protocol.tls()) {
            if (tls.isObject()) {
                withoutEffect(field, "The port is called by plain HTTP, so nothing of tls counts.", "Take it out.");
            }
            return List.of();
        }
        List<String> names = new ArrayList<>();
        JsonNode list = tls.path("sniHosts");
        for (int index = 0; list.isArray() && index < list.size(); index++) {
            String name = list.get(index).asText("");
            names.add(name);
            if (!SERVER_NAME.matcher(name).matches()) {
                problem(
                        ProblemCode.M1005,
                        field + ".sniHosts[" + index + "]",
                        "'" + name + "' is not a server name that a TLS client could ask for.",
                        "Write a host name there, or *. and a domain.");
            }
        }
        return names;
    }

    /** As in OSM. Whoever writes them may believe that they narrow what can be called. */
    private void matches() {
        if (!spec.path("matches").isEmpty()) {
            withoutEffect(
                    "spec.matches",
                    "Matches do not narrow what callers from outside may ask for: every request is let in.",
                    "Take them out, and narrow in the ingress controller.");
        }
    }

    private void withoutEffect(String field, String message, String remedy) {
        problem(ProblemCode.M2025, field, message, remedy);
    }

    private void problem(ProblemCode code, String field, String message, String remedy) {
        problems.add(new Problem(code, ref, field, message, remedy));
    }
}
