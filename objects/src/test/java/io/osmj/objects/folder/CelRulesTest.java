package io.osmj.objects.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.osmj.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{traffic: {outboundIPRangeExclusionList: [10.0.0.0/8, 10.0.0.256/32]}} |"
                        + " spec.traffic.outboundIPRangeExclusionList[1] | The value is refused: must be an IPv4 range in CIDR notation, such as 10.0.0.1/32.",
                "{traffic: {outboundIPRangeInclusionList: [10.0.0.1]}} |"
                        + " spec.traffic.outboundIPRangeInclusionList[0] | The value is refused: must be an IPv4 range in CIDR notation, such as 10.0.0.1/32.",
                "{sidecar: {configResyncInterval: soon}} |"
                        + " spec.sidecar.configResyncInterval | The value is refused: must be a duration such as 30s or 5m.",
                "{certificate: {certKeyBitSize: 2048, serviceCertValidityDuration: 1d}} |"
                        + " spec.certificate.serviceCertValidityDuration | The value is refused: must be a duration such as 1s, 90m or 24h.",
            })
    void aValueThatDoesNotKeepARuleIsRefusedInTheWordsOfTheRule(String spec, String field, String message) {
        assertThat(errors(spec)).extracting(Problem::field, Problem::message).containsExactly(tuple(field, message));
    }

    @Test
    void aValueThatKeepsTheRulesIsTaken() {
        assertThat(errors("""
                {traffic: {outboundIPRangeExclusionList: [0.0.0.0/0, 255.255.255.255/32],
                           inboundExternalAuthorization: {enable: false, timeout: 1.5s}},
                 sidecar: {configResyncInterval: ""},
                 certificate: {certKeyBitSize: 2048, serviceCertValidityDuration: 1h30m}}""")).isEmpty();
    }

    @Test
    void everyRuleOfTheChartIsOne() throws IOException {
        Set<CelRule> rules = new HashSet<>();
        for (String file : CustomSchemas.DEFINITIONS) {
            String text = Files.readString(Path.of("../charts/osm/crds", file));
            JsonNode definition =
                    YamlObjects.parse(file, text).objects().getFirst().tree();
            definition
                    .findValues(CelRules.KEYWORD)
                    .forEach(entries -> entries.forEach(entry -> rules.add(CelRule.of(entry))));
        }
        assertThat(rules).isNotEmpty();
        // What is no rule throws; what is one refuses a value of a type that it is not about.
        assertThat(rules).noneMatch(rule -> rule.kept(TextNode.valueOf("\u0000")));
    }

    private static List<Problem> errors(String spec) {
        String text = """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config, namespace: osm-system}
                spec: %s
                """.formatted(spec);
        SourceObject object = YamlObjects.parse("mesh.yaml", text).objects().getFirst();
        return KindCheck.of(object).errors().stream()
                .map(LocatedProblem::problem)
                .toList();
    }
}
