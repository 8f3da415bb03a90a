package io.osmj.config.read;

import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.Resources;
import io.osmj.core.settings.SidecarSettings;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code spec.sidecar} of MeshConfig. */
final class SidecarReader {
    private static final Pattern QUANTITY =
            Pattern.compile("(\\d+(\\.\\d*)?|\\.\\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d{1,2})?");

    private SidecarReader() {}

    static SidecarSettings read(FieldReader sidecar) {
        return new SidecarSettings(
                sidecar.text("logLevel", SidecarSettings.DEFAULT.logLevel()),
                sidecar.text("envoyImage", ""),
                sidecar.text("initContainerImage", ""),
                sidecar.flag("enablePrivilegedInitContainer", false),
                resources(sidecar),
                sidecar.text("localProxyMode", "Localhost").equals("PodIP"),
                Math.max(0, sidecar.number("maxDataPlaneConnections", 0)),
                TlsReader.read(sidecar));
    }

    private static Resources resources(FieldReader sidecar) {
        FieldReader resources = sidecar.at("resources");
        return new Resources(quantities(resources.at("requests")), quantities(resources.at("limits")));
    }

    /** A quantity that is none would have the API server refuse each pod that gets a sidecar. */
    private static Map<String, String> quantities(FieldReader resources) {
        Map<String, String> quantities = new TreeMap<>();
        resources.node().properties().forEach(entry -> {
            String text = entry.getValue().asText();
            if (QUANTITY.matcher(text).matches()) {
                quantities.put(entry.getKey(), text);
            } else {
                resources.problem(
                        ProblemCode.M1005,
                        entry.getKey(),
                        "'" + text + "' is not a quantity.",
                        "a quantity such as 100m or 64Mi");
            }
        });
        return quantities;
    }
}
