package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.Resources;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.settings.TlsVersion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code spec.sidecar} of MeshConfig. */
final class SidecarReader {
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
                tls(sidecar));
    }

    private static Resources resources(FieldReader sidecar) {
        FieldReader resources = sidecar.at("resources");
        return new Resources(
                quantities(resources.at("requests").node()),
                quantities(resources.at("limits").node()));
    }

    private static Map<String, String> quantities(JsonNode node) {
        Map<String, String> quantities = new TreeMap<>();
        node.properties()
                .forEach(
                        entry -> quantities.put(entry.getKey(), entry.getValue().asText()));
        return quantities;
    }

    private static SidecarSettings.Tls tls(FieldReader sidecar) {
        return new SidecarSettings.Tls(
                version(sidecar, "tlsMinProtocolVersion", TlsVersion.TLSv1_2),
                version(sidecar, "tlsMaxProtocolVersion", TlsVersion.TLSv1_3),
                sidecar.list("cipherSuites", ProblemCode.M1005, "the name of a cipher suite", SidecarReader::name),
                sidecar.list("ecdhCurves", ProblemCode.M1005, "the name of a curve", SidecarReader::name));
    }

    private static Optional<String> name(JsonNode item) {
        return Optional.of(item.asText()).filter(text -> text.matches("[A-Za-z0-9_+:-]{1,64}"));
    }

    private static TlsVersion version(FieldReader sidecar, String field, TlsVersion absent) {
        String text = sidecar.text(field, absent.name());
        for (TlsVersion version : TlsVersion.values()) {
            if (version.name().equals(text)) {
                return version;
            }
        }
        sidecar.problem(
                ProblemCode.M1005,
                field,
                "'" + text + "' is not a TLS version, so " + absent + " is used.",
                "TLS_AUTO, TLSv1_0, TLSv1_1, TLSv1_2 or TLSv1_3");
        return absent;
    }
}
