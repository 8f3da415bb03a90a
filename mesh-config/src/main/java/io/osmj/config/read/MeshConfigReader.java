package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.MeshSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a MeshConfig object, v1alpha1 or v1alpha2; the older version lacks fields and has no others. */
public final class MeshConfigReader {
    /** What the kernel takes as an interface name, less the characters no sane name has (IFNAMSIZ is 16 with its end). */
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_.@:-]{1,15}");

    private final FieldReader spec;

    private MeshConfigReader(FieldReader spec) {
        this.spec = spec;
    }

    /**
     * The settings an object stands for. A bad value is reported and its default used; a bad item of a list is reported and
     * left out.
     *
     * @param object the whole object with metadata and spec
     */
    public static Outcome<MeshSettings> read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        ObjectRef ref = new ObjectRef(
                "MeshConfig",
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
        List<Problem> problems = new ArrayList<>();
        FieldReader spec = new FieldReader(ref, object.path("spec"), "spec", problems);
        return new Outcome<>(new MeshConfigReader(spec).settings(), problems);
    }

    private MeshSettings settings() {
        return new MeshSettings(
                traffic(spec.at("traffic")),
                SidecarReader.read(spec.at("sidecar")),
                CertificateReader.read(spec.at("certificate")),
                observability(spec.at("observability")),
                spec.at("featureFlags").flag("enableRetryPolicy", false));
    }

    private static MeshSettings.Observability observability(FieldReader observability) {
        String word = observability.text("accessLog", AccessLog.ALL.word());
        Optional<AccessLog> log = AccessLog.of(word);
        if (log.isEmpty()) {
            observability.problem(
                    ProblemCode.M1005,
                    "accessLog",
                    "'" + word + "' is none of its values, so each request is logged.",
                    "All, Failures or None");
        }
        return new MeshSettings.Observability(observability.text("osmLogLevel", "info"), log.orElse(AccessLog.ALL));
    }

    private static MeshSettings.Traffic traffic(FieldReader traffic) {
        return new MeshSettings.Traffic(
                traffic.flag("enablePermissiveTrafficPolicyMode", false),
                traffic.flag("enableEgress", false),
                !traffic.text("destinationDiscovery", "OnDemand").equals("Eager"),
                new Interception(
                        ports(traffic, "outboundPortExclusionList"),
                        ports(traffic, "inboundPortExclusionList"),
                        ranges(traffic, "outboundIPRangeExclusionList"),
                        ranges(traffic, "outboundIPRangeInclusionList"),
                        traffic.list(
                                "networkInterfaceExclusionList",
                                ProblemCode.M1006,
                                "the name of a network interface of at most 15 characters",
                                item -> Optional.of(item.asText())
                                        .filter(name -> INTERFACE.matcher(name).matches()))));
    }

    private static List<Integer> ports(FieldReader traffic, String field) {
        return traffic.list(
                field,
                ProblemCode.M1002,
                "a port from 1 to 65535",
                item -> Optional.of(item)
                        .filter(value -> value.isIntegralNumber() && value.canConvertToInt())
                        .map(JsonNode::intValue)
                        .filter(port -> port >= 1 && port <= 65_535));
    }

    private static List<Cidr> ranges(FieldReader traffic, String field) {
        return traffic.list(
                field, ProblemCode.M1001, "an IPv4 range such as 10.0.0.1/32", item -> Cidr.parse(item.asText()));
    }
}
