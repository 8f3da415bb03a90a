package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads UpstreamTrafficSettings of {@code policy.openservicemesh.io/v1alpha1}. OSM had a webhook for them and never called it. An
 * object with a fault limits nothing: half of the limits may be worse than none.
 */
public final class TrafficSettingReader {
    /** An object with these is whole and does less than its author may think. */
    private static final Set<ProblemCode> HARMLESS = EnumSet.of(ProblemCode.M2029, ProblemCode.M2030);

    private static final Pattern HOST = Pattern.compile(
            "([a-z]([-a-z0-9]{0,61}[a-z0-9])?)(\\.(?<namespace>[a-z0-9-]{1,63})(\\.svc(\\.cluster\\.local)?)?)?");

    private final ObjectRef ref;
    private final JsonNode object;
    private final FieldReader spec;
    private final List<Problem> problems = new ArrayList<>();

    private TrafficSettingReader(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        this.object = object;
        this.ref = new ObjectRef(
                "UpstreamTrafficSetting",
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
        this.spec = new FieldReader(ref, object.path("spec"), "spec", problems);
    }

    /** The rule; empty when the object takes no effect. */
    public static Outcome<Optional<LimitRule>> read(JsonNode object) {
        TrafficSettingReader reader = new TrafficSettingReader(object);
        LimitRule rule = reader.rule();
        boolean whole = reader.problems.stream().allMatch(problem -> HARMLESS.contains(problem.code()));
        return new Outcome<>(whole ? Optional.of(rule) : Optional.empty(), reader.problems);
    }

    private LimitRule rule() {
        String created = object.path("metadata").path("creationTimestamp").asText("");
        String service = service();
        ConnectionLimits connections = connections(spec.at("connectionSettings"));
        return new LimitRule(ref, created, service, connections, new RateLimitReader(spec).read());
    }

    /** OSM took the full name alone. */
    private String service() {
        String host = spec.text("host", "");
        Matcher name = HOST.matcher(host);
        if (!name.matches()) {
            spec.problem(
                    ProblemCode.M2026,
                    "host",
                    "invalid FQDN specified as host: '" + host + "' is not the name of a service.",
                    "SERVICE." + ref.namespace() + ".svc.cluster.local");
            return "";
        }
        String namespace = name.group("namespace");
        if (namespace != null && !namespace.equals(ref.namespace())) {
            spec.problem(
                    ProblemCode.M2026,
                    "host",
                    "'" + host + "' is a service of namespace " + namespace
                            + ", and only objects of its own namespace count.",
                    "a service of namespace " + ref.namespace());
        }
        return name.group(1);
    }

    private static ConnectionLimits connections(FieldReader settings) {
        FieldReader tcp = settings.at("tcp");
        FieldReader http = settings.at("http");
        return new ConnectionLimits(
                limit(tcp, "maxConnections"),
                timeout(tcp),
                limit(http, "maxRequests"),
                limit(http, "maxRequestsPerConnection"),
                limit(http, "maxPendingRequests"),
                limit(http, "maxRetries"));
    }

    private static long limit(FieldReader fields, String field) {
        return fields.count(field, ConnectionLimits.UNLIMITED, 0);
    }

    private static Duration timeout(FieldReader tcp) {
        String text = tcp.text("connectTimeout", "");
        Duration unset = ConnectionLimits.NONE.connectTimeout();
        if (text.isEmpty()) {
            return unset;
        }
        Optional<Duration> timeout = GoDuration.parse(text).filter(Duration::isPositive);
        if (timeout.isEmpty()) {
            tcp.problem(
                    ProblemCode.M1004,
                    "connectTimeout",
                    "'" + text + "' is not a duration above 0.",
                    "a duration such as 5s or 250ms");
        }
        return timeout.orElse(unset);
    }
}
