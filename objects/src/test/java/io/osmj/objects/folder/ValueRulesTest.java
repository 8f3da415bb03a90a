package io.osmj.objects.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That an API server judges the same objects in the same way is shown in the module of the command. */
class ValueRulesTest {
    private static final Path FILES = Path.of("src/test/resources/io/osmj/objects/folder");

    static Stream<SourceObject> refused() throws IOException {
        return objects("refused-values.yaml");
    }

    static Stream<SourceObject> taken() throws IOException {
        return objects("taken-values.yaml");
    }

    private static Stream<SourceObject> objects(String file) throws IOException {
        return YamlObjects.parse(file, Files.readString(FILES.resolve(file))).objects().stream();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueThatAnApiServerRefusesIsNamedByItsField(SourceObject object) {
        String field = object.tree().at("/metadata/annotations/field").asText();

        assertThat(KindCheck.of(object).errors())
                .extracting(located ->
                        located.problem().code() + " " + located.problem().field())
                .containsExactly((field.equals("metadata.name") ? ProblemCode.M7002 : ProblemCode.M7003) + " " + field);
    }

    @ParameterizedTest
    @MethodSource("taken")
    void aValueThatAnApiServerTakesIsTaken(SourceObject object) {
        assertThat(KindCheck.of(object).errors()).isEmpty();
    }

    @Test
    void whatAValueIsToBeIsSaid() {
        assertThat(problems("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web, namespace: shop, labels: {a b: c, d: 1}}
                        spec: {ports: [{port: 70000, protocol: tcp}]}
                        """))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "M7003 Service shop/web metadata.labels.a b: 'a b' is not the key of a label. Write at most 63 letters,"
                                + " digits, dashes, underscores and dots, with a letter or digit at both ends, after a DNS name"
                                + " and a slash if there is to be one.",
                        "M7003 Service shop/web metadata.labels.d: '1' is not the value of a label. Write a text of at most 63"
                                + " letters, digits, dashes, underscores and dots, with a letter or digit at both ends; a"
                                + " number, true and false stand in quotes.",
                        "M7003 Service shop/web spec.ports[0].port: '70000' is not a port. Write a whole number from 1 to"
                                + " 65535.",
                        "M7003 Service shop/web spec.ports[0].protocol: 'tcp' is not a protocol. Write TCP, UDP or SCTP.");
    }

    /** An API server takes it, but no Envoy does. */
    @Test
    void aPortOfASliceIsOneToo() {
        assertThat(problems("""
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
                        addressType: IPv4
                        endpoints: [{addresses: [10.1.1.1]}]
                        ports: [{port: 70000}]
                        """))
                .extracting(problem -> problem.code() + " " + problem.field())
                .containsExactly("M7003 ports[0].port");
    }

    /** The mesh's own kinds have names, namespaces and labels too. */
    @Test
    void theHeadOfEveryKindIsChecked() {
        assertThat(problems("""
                        apiVersion: specs.smi-spec.io/v1alpha4
                        kind: HTTPRouteGroup
                        metadata: {name: my_routes, namespace: Shop}
                        spec: {matches: [{name: all}]}
                        """))
                .extracting(problem -> problem.code() + " " + problem.field())
                .containsExactlyInAnyOrder("M7002 metadata.name", "M7003 metadata.namespace");
    }

    private static List<Problem> problems(String object) {
        return Folder.UNSEEN.with(Map.of("a.yaml", object)).problems().stream()
                .map(LocatedProblem::problem)
                .toList();
    }
}
