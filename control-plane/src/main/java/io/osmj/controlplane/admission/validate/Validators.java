package io.osmj.controlplane.admission.validate;

import io.osmj.config.read.MeshConfigReader;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.smi.read.TcpRouteReader;
import io.osmj.smi.read.TrafficTargetReader;
import java.util.Map;
import java.util.TreeMap;

/** The kinds that are checked. */
public final class Validators {
    private Validators() {}

    /** A validator for each kind the chart's webhook configuration names, by {@code group/kind}. */
    public static Map<String, ObjectValidator> all() {
        Map<String, ObjectValidator> validators = new TreeMap<>();
        validators.put(
                "config.openservicemesh.io/MeshConfig",
                object -> MeshConfigReader.read(object).problems());
        validators.put(
                "access.smi-spec.io/TrafficTarget",
                object -> TrafficTargetReader.read(object).problems());
        validators.put(
                "specs.smi-spec.io/HTTPRouteGroup",
                object -> HttpRouteGroupReader.read(object).problems());
        validators.put(
                "specs.smi-spec.io/TCPRoute",
                object -> TcpRouteReader.read(object).problems());
        return validators;
    }
}
