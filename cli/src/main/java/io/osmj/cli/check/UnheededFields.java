package io.osmj.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * Fields of MeshConfig that are taken for OSM's sake and not acted on. Whoever asks for something by one of them is told that
 * nothing comes of it; values that ask for nothing are no matter.
 */
final class UnheededFields {
    private static final Predicate<JsonNode> ON = JsonNode::asBoolean;

    private static final List<Field> ALL = List.of(
            new Field("traffic/inboundExternalAuthorization/enable", ON, "no request is put before that service"),
            new Field("observability/tracing/enable", ON, "proxies send no traces"),
            new Field(
                    "observability/enableDebugServer", ON, "there is no debug server; see osm proxy get and port 9091"),
            new Field(
                    "sidecar/configResyncInterval",
                    value -> !List.of("", "0", "0s").contains(value.asText("")),
                    "a configuration is computed when something changed, and only then"),
            new Field(
                    "certificate/certKeyBitSize",
                    value -> value.asInt(0) != 0 && value.asInt() != 2048,
                    "the mesh chooses the keys of its certificates"),
            new Field("featureFlags/enableEnvoyActiveHealthChecks", ON, "proxies do not probe endpoints"),
            new Field("featureFlags/enableMeshRootCertificate", ON, "the authority is the built-in one"));

    private UnheededFields() {}

    private record Field(String path, Predicate<JsonNode> asks, String effect) {
        Finding finding() {
            return Finding.warn(
                    "every field that is set has an effect",
                    "spec." + path.replace('/', '.') + " is not acted on yet: " + effect,
                    "take it out, so that nobody relies on it");
        }
    }

    /** One finding for each field that asks for something. */
    static List<Finding> of(JsonNode meshConfig) {
        return ALL.stream()
                .filter(field -> field.asks().test(meshConfig.at("/spec/" + field.path())))
                .map(Field::finding)
                .toList();
    }
}
