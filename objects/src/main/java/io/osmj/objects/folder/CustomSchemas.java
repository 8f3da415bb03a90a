package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The schemas of the chart's custom resource definitions, by kind and version. */
final class CustomSchemas {
    /** The files of {@code charts/osm/crds}. */
    static final List<String> DEFINITIONS = List.of(
            "access.smi-spec.io_traffictargets.yaml",
            "config.openservicemesh.io_extensionservices.yaml",
            "config.openservicemesh.io_meshconfigs.yaml",
            "config.openservicemesh.io_meshrootcertificates.yaml",
            "policy.openservicemesh.io_egresses.yaml",
            "policy.openservicemesh.io_ingressbackends.yaml",
            "policy.openservicemesh.io_retries.yaml",
            "policy.openservicemesh.io_telemetries.yaml",
            "policy.openservicemesh.io_upstreamtrafficsettings.yaml",
            "specs.smi-spec.io_httproutegroups.yaml",
            "specs.smi-spec.io_tcproutes.yaml",
            "split.smi-spec.io_trafficsplits.yaml");

    static final CustomSchemas OF_THE_CHART = load();

    private final Map<String, Schema> byVersionAndKind = new HashMap<>();
    private final Map<String, SortedSet<String>> versions = new HashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            Dialect.builder(Dialects.getDraft202012()).keyword(new CelRules()).build());

    private CustomSchemas() {}

    private static CustomSchemas load() {
        CustomSchemas schemas = new CustomSchemas();
        DEFINITIONS.forEach(file -> schemas.add(Bundled.yaml("kinds/" + file)));
        return schemas;
    }

    private void add(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        String kind = spec.path("names").path("kind").asText();
        String group = spec.path("group").asText();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                String apiVersion = group + "/" + version.path("name").asText();
                ObjectNode schema =
                        StructuralSchema.asJsonSchema(version.path("schema").path("openAPIV3Schema"));
                byVersionAndKind.put(key(apiVersion, kind), registry.getSchema(schema));
                versions.computeIfAbsent(key(group, kind), _ -> new TreeSet<>()).add(apiVersion);
            }
        }
    }

    /** The schema of a kind in a version; empty where that version is not served or the kind is not ours. */
    Optional<Schema> schema(String apiVersion, String kind) {
        return Optional.ofNullable(byVersionAndKind.get(key(apiVersion, kind)));
    }

    /** The versions in which a kind of this group is served; empty for a kind that is not ours. */
    SortedSet<String> versions(String group, String kind) {
        return versions.getOrDefault(key(group, kind), new TreeSet<>());
    }

    private static String key(String version, String kind) {
        return version + " " + kind;
    }
}
