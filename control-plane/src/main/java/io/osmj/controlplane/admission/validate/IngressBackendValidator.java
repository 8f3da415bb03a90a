package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * IngressBackends, with OSM's messages. OSM's rule about client certificates had its condition inverted; here it holds as it
 * was meant, and as a warning, because objects that OSM took must still be taken.
 */
final class IngressBackendValidator implements ObjectValidator {
    @Override
    public List<Problem> check(JsonNode object) {
        Findings findings = new Findings("IngressBackend", object);
        JsonNode spec = object.path("spec");
        boolean namesClients = false;
        for (JsonNode source : spec.path("sources")) {
            namesClients |= source.path("kind").asText().equals("AuthenticatedPrincipal");
        }
        backends(spec.path("backends"), namesClients, findings);
        Findings.each(spec.path("sources"), "spec.sources", (source, field) -> source(source, field, findings));
        return findings.problems();
    }

    private static void backends(JsonNode backends, boolean namesClients, Findings findings) {
        Set<String> claimed = new HashSet<>();
        Findings.each(backends, "spec.backends", (backend, field) -> {
            String service = backend.path("name").asText();
            JsonNode port = backend.path("port");
            if (!claimed.add(service + ":" + port.path("number").asText())) {
                findings.add(
                        ProblemCode.M2011,
                        field,
                        "Duplicate backends detected with service name: " + service + " and port: "
                                + port.path("number").asText(),
                        "Name each port of a service once.");
            }
            protocol(port.path("protocol").asText(), field, findings);
            if (asksForCertificates(backend) && !namesClients) {
                findings.add(
                        ProblemCode.M2012,
                        field + ".tls",
                        "HTTPS ingress with client certificate validation enabled must specify at least one"
                                + " 'AuthenticatedPrincipal` source",
                        "Name the client as a source of kind AuthenticatedPrincipal.");
            }
        });
    }

    private static boolean asksForCertificates(JsonNode backend) {
        return backend.path("port").path("protocol").asText().equalsIgnoreCase("https")
                && !backend.path("tls").path("skipClientCertValidation").asBoolean(false);
    }

    private static void protocol(String protocol, String field, Findings findings) {
        if (!protocol.equalsIgnoreCase("http") && !protocol.equalsIgnoreCase("https")) {
            findings.add(
                    ProblemCode.M1005,
                    field + ".port.protocol",
                    "Expected 'port.protocol' to be 'http' or 'https', got: " + protocol,
                    "Write http or https there.");
        }
    }

    private static void source(JsonNode source, String field, Findings findings) {
        String kind = source.path("kind").asText();
        switch (kind) {
            case "Service" -> {
                present(source, "name", kind, field, findings);
                present(source, "namespace", kind, field, findings);
            }
            case "AuthenticatedPrincipal" -> present(source, "name", kind, field, findings);
            case "IPRange" -> range(source.path("name").asText(), field, findings);
            default ->
                findings.add(
                        ProblemCode.M2009,
                        field + ".kind",
                        "Invalid 'source.kind' value specified. Must be one of: Service, AuthenticatedPrincipal, IPRange",
                        "Use one of these three.");
        }
    }

    private static void present(JsonNode source, String part, String kind, String field, Findings findings) {
        if (source.path(part).asText().isEmpty()) {
            findings.add(
                    ProblemCode.M1005,
                    field + "." + part,
                    "'source." + part + "' not specified for source kind " + kind,
                    "Write the " + part + " there.");
        }
    }

    private static void range(String range, String field, Findings findings) {
        if (Cidr.parse(range).isEmpty()) {
            findings.add(
                    ProblemCode.M1001,
                    field + ".name",
                    "Invalid 'source.name' value specified for IPRange. Expected CIDR notation 'a.b.c.d/x', got '"
                            + range + "'",
                    "Write an IPv4 range such as 10.0.0.0/8 there.");
        }
    }
}
