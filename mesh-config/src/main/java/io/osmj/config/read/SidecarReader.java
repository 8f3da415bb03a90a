package io.osmj.config.read;

import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.SidecarSettings;
import java.util.regex.Pattern;

/** Reads {@code spec.sidecar} of MeshConfig. */
final class SidecarReader {
    /** What every container runtime refuses does not match it; what matches may still name no image. */
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@+-]*");

    private SidecarReader() {}

    static SidecarSettings read(FieldReader sidecar) {
        return new SidecarSettings(
                sidecar.text("logLevel", SidecarSettings.DEFAULT.logLevel()),
                image(sidecar, "envoyImage"),
                image(sidecar, "initContainerImage"),
                sidecar.flag("enablePrivilegedInitContainer", false),
                ResourcesReader.read(sidecar.at("resources")),
                sidecar.text("localProxyMode", "Localhost").equals("PodIP"),
                connections(sidecar),
                TlsReader.read(sidecar));
    }

    /** An image that no node could fetch would keep every new pod from starting. */
    private static String image(FieldReader sidecar, String field) {
        String image = sidecar.text(field, "");
        if (image.isEmpty() || IMAGE.matcher(image).matches()) {
            return image;
        }
        sidecar.problem(
                ProblemCode.M1005,
                field,
                "'" + image + "' is not the name of an image, so the mesh's own is used.",
                "an image such as envoyproxy/envoy:v1.39.0");
        return "";
    }

    private static int connections(FieldReader sidecar) {
        int most = sidecar.number("maxDataPlaneConnections", 0);
        if (most < 0) {
            sidecar.problem(
                    ProblemCode.M1005,
                    "maxDataPlaneConnections",
                    "'" + most + "' is less than none, so there is no limit.",
                    "how many proxies are served at most, or 0 for no limit");
        }
        return Math.max(0, most);
    }
}
