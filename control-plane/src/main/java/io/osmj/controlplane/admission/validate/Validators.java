package io.osmj.controlplane.admission.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.config.read.IngressBackendReader;
import io.osmj.config.read.MeshConfigReader;
import io.osmj.config.read.RetryReader;
import io.osmj.core.problem.Problem;
import io.osmj.objects.read.UnheededKind;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.smi.read.TcpRouteReader;
import io.osmj.smi.read.TrafficSplitReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The kinds that are checked. */
public final class Validators {
    private static final String CONFIG = "config.openservicemesh.io/";
    private static final String POLICY = "policy.openservicemesh.io/";
    private static final String ROUTES = "specs.smi-spec.io/";

    /** The schema of the kind says all there is to say. */
    private static final ObjectValidator BY_SCHEMA = _ -> List.of();

    private Validators() {}

    /**
     * A validator for each kind that the chart's webhook configuration names, by {@code group/kind}.
     *
     * @param lookup finds what an object refers to
     * @param trafficTargets whether TrafficTargets are checked ({@code smi.validateTrafficTarget} of the chart)
     */
    public static Map<String, ObjectValidator> all(ObjectLookup lookup, boolean trafficTargets) {
        Map<String, ObjectValidator> validators = new TreeMap<>();
        validators.put(
                CONFIG + "MeshConfig", object -> MeshConfigReader.read(object).problems());
        validators.put(CONFIG + "MeshRootCertificate", BY_SCHEMA);
        validators.put(CONFIG + "ExtensionService", BY_SCHEMA);
        validators.put(POLICY + "Egress", new EgressValidator(lookup));
        validators.put(
                POLICY + "IngressBackend",
                object -> IngressBackendReader.read(object).problems());
        validators.put(POLICY + "Retry", object -> RetryReader.read(object).problems());
        validators.put(POLICY + "Telemetry", BY_SCHEMA);
        validators.put(POLICY + "UpstreamTrafficSetting", new TrafficSettingValidator(lookup));
        for (UnheededKind kind : UnheededKind.values()) {
            validators.computeIfPresent(kind.group() + "/" + kind.kind(), (_, checked) -> unheeded(kind, checked));
        }
        validators.put(
                "access.smi-spec.io/TrafficTarget", trafficTargets ? new TrafficTargetValidator(lookup) : BY_SCHEMA);
        validators.put(
                ROUTES + "HTTPRouteGroup",
                object -> HttpRouteGroupReader.read(object).problems());
        validators.put(
                ROUTES + "TCPRoute", object -> TcpRouteReader.read(object).problems());
        validators.put(
                "split.smi-spec.io/TrafficSplit",
                object -> TrafficSplitReader.read(object).problems());
        return validators;
    }

    private static ObjectValidator unheeded(UnheededKind kind, ObjectValidator checked) {
        return object -> {
            JsonNode metadata = object.path("metadata");
            Problem said = kind.problem(
                    metadata.path("namespace").asText(""), metadata.path("name").asText(""));
            return Stream.concat(Stream.of(said), checked.check(object).stream())
                    .toList();
        };
    }
}
