package io.osmj.controlplane.admission.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.objects.read.UnheededKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorsTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization(new ObjectMapper(), false);

    private final Map<ObjectRef, ObjectLookup.Answer> present = new TreeMap<>();
    private final Map<String, ObjectValidator> validators =
            Validators.all(ref -> present.getOrDefault(ref, new ObjectLookup.Absent()), true);

    private static JsonNode tree(String yaml) {
        return YAML.unmarshal(yaml, JsonNode.class);
    }

    private Stream<Problem> check(String kind, String spec) {
        String yaml = "metadata: {namespace: bookstore, name: thing}\nspec:\n" + spec.indent(2);
        return Objects.requireNonNull(validators.get(kind)).check(tree(yaml)).stream()
                .sorted();
    }

    private List<String> refused(String kind, String spec) {
        return check(kind, spec)
                .filter(Severity::refuses)
                .map(problem -> problem.field() + ": " + problem.message())
                .toList();
    }

    private List<String> warned(String kind, String spec) {
        return check(kind, spec)
                .filter(problem -> !Severity.refuses(problem))
                .map(problem -> problem.code() + " " + problem.field())
                .toList();
    }

    private static String target(String namespace, String rules) {
        return """
                destination: {kind: ServiceAccount, name: bookstore, namespace: %s}
                sources: [{kind: ServiceAccount, name: bookbuyer, namespace: bookbuyer}]
                rules: %s
                """.formatted(namespace, rules);
    }

    @Test
    void aTargetAwayFromItsDestinationIsRefusedInTheWordsOfOsm() {
        assertThat(refused("access.smi-spec.io/TrafficTarget", target("elsewhere", "[{kind: TCPRoute, name: r}]")))
                .containsExactly("spec.destination.namespace: The traffic target namespace (bookstore) must match"
                        + " spec.Destination.Namespace (elsewhere)");
    }

    @Test
    void aTargetThatAllowsLessThanItSeemsToIsTakenWithAWarning() {
        String nobody = """
                destination: {kind: ServiceAccount, name: bookstore, namespace: bookstore}
                sources: []
                rules: []
                """;
        assertThat(refused("access.smi-spec.io/TrafficTarget", nobody)).isEmpty();
        assertThat(warned("access.smi-spec.io/TrafficTarget", nobody))
                .containsExactly("M2002 spec.rules", "M2003 spec.sources");
    }

    @Test
    void routesMayComeAfterTheTargetThatNamesThem() {
        String spec = target("bookstore", "[{kind: HTTPRouteGroup, name: routes, matches: [buy, sell]}]");
        assertThat(refused("access.smi-spec.io/TrafficTarget", spec)).isEmpty();
        assertThat(warned("access.smi-spec.io/TrafficTarget", spec)).containsExactly("M2005 spec.rules[0].name");

        ObjectRef routes = new ObjectRef("HTTPRouteGroup", "bookstore", "routes");
        present.put(
                routes,
                new ObjectLookup.Found(
                        tree(
                                "metadata: {namespace: bookstore, name: routes}\nspec: {matches: [{name: buy, methods: [GET]}]}")));
        assertThat(warned("access.smi-spec.io/TrafficTarget", spec)).containsExactly("M2006 spec.rules[0].matches[1]");

        present.put(routes, new ObjectLookup.Unknown());
        assertThat(warned("access.smi-spec.io/TrafficTarget", spec)).isEmpty();
    }

    @Test
    void targetsAreNotCheckedWhereTheInstallationSaysSo() {
        ObjectValidator unchecked = Objects.requireNonNull(
                Validators.all(_ -> new ObjectLookup.Absent(), false).get("access.smi-spec.io/TrafficTarget"));

        assertThat(unchecked.check(tree("spec: {destination: {namespace: elsewhere}}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(?=a)", "\\\\1", "[a-z]{101}", "((a{0,900}){0,900}){0,900}", "[[:nope:]]", "*"})
    void anExpressionThatEnvoyWouldRefuseIsRefusedHere(String regex) {
        assertThat(refused("specs.smi-spec.io/HTTPRouteGroup", "matches: [{name: m, pathRegex: \"" + regex + "\"}]"))
                .singleElement()
                .asString()
                .startsWith("spec.matches[0].pathRegex: ");
    }

    @Test
    void theRouteGroupOfTheDaprWalkthroughIsTaken() {
        assertThat(check("specs.smi-spec.io/HTTPRouteGroup", "matches: [{name: all, pathRegex: '.*', methods: ['*']}]"))
                .isEmpty();
    }

    @Test
    void aBadPortOfATcpRouteIsRefused() {
        assertThat(refused("specs.smi-spec.io/TCPRoute", "matches: {ports: [80, 0, 70000]}"))
                .hasSize(2);
    }

    @Test
    void badValuesOfMeshConfigAreRefusedByTheirPaths() {
        String spec = """
                traffic: {outboundPortExclusionList: [6379, 70000], outboundIPRangeExclusionList: [10.0.0.0/8, nonsense]}
                certificate: {serviceCertValidityDuration: soon}
                """;
        assertThat(check("config.openservicemesh.io/MeshConfig", spec)
                        .filter(Severity::refuses)
                        .map(Problem::field))
                .containsExactly(
                        "spec.certificate.serviceCertValidityDuration",
                        "spec.traffic.outboundIPRangeExclusionList[1]",
                        "spec.traffic.outboundPortExclusionList[1]");
    }

    @Test
    void ingressBackendsAreRefusedInTheWordsOfOsm() {
        String spec = """
                backends:
                - {name: web, port: {number: 80, protocol: http}}
                - {name: web, port: {number: 80, protocol: ftp}}
                sources:
                - {kind: Service, name: nginx}
                - {kind: IPRange, name: 10.0.0.300/8}
                - {kind: Pod, name: x}
                - {kind: AuthenticatedPrincipal}
                """;
        assertThat(refused("policy.openservicemesh.io/IngressBackend", spec))
                .containsExactly(
                        "spec.backends[1]: Duplicate backends detected with service name: web and port: 80",
                        "spec.backends[1].port.protocol: Expected 'port.protocol' to be 'http' or 'https', got: ftp",
                        "spec.sources[0].namespace: 'source.namespace' not specified for source kind Service",
                        "spec.sources[1].name: Invalid 'source.name' value specified for IPRange. Expected CIDR notation"
                                + " 'a.b.c.d/x', got '10.0.0.300/8'",
                        "spec.sources[2].kind: Invalid 'source.kind' value specified. Must be one of: Service,"
                                + " AuthenticatedPrincipal, IPRange",
                        "spec.sources[3].name: 'source.name' not specified for source kind AuthenticatedPrincipal");
    }

    @Test
    void aBackendThatAsksForCertificatesOfNobodyIsTakenWithAWarning() {
        String spec = """
                backends: [{name: web, port: {number: 443, protocol: https}, tls: {skipClientCertValidation: %s}}]
                sources: [{kind: Service, name: nginx, namespace: ingress}]
                """;
        assertThat(warned("policy.openservicemesh.io/IngressBackend", spec.formatted(false)))
                .containsExactly("M2012 spec.backends[0].tls");
        assertThat(warned("policy.openservicemesh.io/IngressBackend", spec.formatted(true)))
                .isEmpty();
    }

    @Test
    void whatOsmTookAndIsNarrowerOrWiderThanItLooksIsTakenWithAWarning() {
        String spec = """
                backends:
                - {name: web, port: {number: 80, protocol: http}, tls: {skipClientCertValidation: false}}
                - {name: web, port: {number: 443, protocol: https}, tls: {skipClientCertValidation: true}}
                sources: [{kind: AuthenticatedPrincipal, name: nginx.ingress.cluster.local}]
                matches: [{apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: some}]
                """;
        assertThat(warned("policy.openservicemesh.io/IngressBackend", spec))
                .containsExactly(
                        "M2024 spec.backends[0].port.protocol",
                        "M2025 spec.backends[0].tls",
                        "M2024 spec.backends[1].tls.skipClientCertValidation",
                        "M2025 spec.matches");
        assertThat(refused("policy.openservicemesh.io/IngressBackend", spec)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'*'", "'*example.com'", "'a.*.com'", "'web/x'"})
    void whatIsNoServerNameIsRefused(String name) {
        String spec = """
                backends:
                - {name: web, port: {number: 443, protocol: HTTPS}, tls: {skipClientCertValidation: true, sniHosts: [%s]}}
                sources: [{kind: IPRange, name: 10.0.0.0/8}]
                """.formatted(name);
        assertThat(refused("policy.openservicemesh.io/IngressBackend", spec))
                .singleElement()
                .asString()
                .startsWith("spec.backends[0].tls.sniHosts[0]: ");
    }

    @ParameterizedTest
    @EnumSource
    void anObjectThatIsNotActedOnIsTakenWithAWarning(UnheededKind kind) {
        String name = kind.group() + "/" + kind.kind();
        assertThat(warned(name, "host: web.shop.svc.cluster.local")).containsExactly("M2016 kind");
        assertThat(refused(name, "host: web.shop.svc.cluster.local")).isEmpty();
    }

    @Test
    void egressPoliciesAreRefusedInTheWordsOfOsm() {
        String spec = """
                ipAddresses: [10.0.0.0/8, 10.0.0.1]
                matches:
                - {apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: a}
                - {kind: HTTPRouteGroup, name: b}
                - {apiGroup: v1, kind: Pod, name: c}
                - {apiGroup: policy.openservicemesh.io/v1alpha1, kind: UpstreamTrafficSetting, name: d}
                - {apiGroup: policy.openservicemesh.io/v1alpha1, kind: UpstreamTrafficSetting, name: e}
                """;
        assertThat(refused("policy.openservicemesh.io/Egress", spec))
                .containsExactly(
                        "spec.ipAddresses[1]: '10.0.0.1' is not an IPv4 range.",
                        "spec.matches: Cannot have more than 1 UpstreamTrafficSetting match",
                        "spec.matches[1].apiGroup: Expected 'matches.apiGroup' to be one of [specs.smi-spec.io/v1alpha4],"
                                + " got: ",
                        "spec.matches[2].kind: Expected 'matches.kind' for match 'c' to be 'HTTPRouteGroup' or"
                                + " 'UpstreamTrafficSetting', got: Pod");
    }

    @Test
    void egressPoliciesThatDoLessOrMoreThanTheySeemToAreTakenWithAWarning() {
        String spec = """
                sources: [{kind: ServiceAccount, name: web, namespace: shop}]
                hosts: [api.example.com]
                ports: [{number: 443, protocol: https}, {number: 22, protocol: tcp}]
                matches:
                - {apiGroup: specs.smi-spec.io/v1alpha4, kind: HTTPRouteGroup, name: absent}
                - {apiGroup: policy.openservicemesh.io/v1alpha1, kind: UpstreamTrafficSetting, name: api}
                """;
        assertThat(refused("policy.openservicemesh.io/Egress", spec)).isEmpty();
        assertThat(warned("policy.openservicemesh.io/Egress", spec))
                .containsExactlyInAnyOrder(
                        "M2016 spec.matches[1]",
                        "M2023 spec.matches",
                        "M2023 spec.ports[1].protocol",
                        "M2005 spec.matches[0].name");
    }

    @Test
    void retriesThatCannotTakeEffectAreRefused() {
        String spec = """
                source: {kind: ServiceAccount, name: web, namespace: shop}
                destinations: [{kind: Pod, name: orders-1, namespace: shop}]
                retryPolicy: {retryOn: "5xx, 503,retriable-headers", perTryTimeout: soon, numRetries: 2, retryBackoffBaseInterval: 0s}
                """;
        assertThat(refused("policy.openservicemesh.io/Retry", spec))
                .satisfiesExactly(
                        kind -> assertThat(kind)
                                .startsWith("spec.destinations[0]: 'Pod' 'shop/orders-1' is not a Service"),
                        timeout -> assertThat(timeout)
                                .isEqualTo(
                                        "spec.retryPolicy.perTryTimeout: 'soon' is not a duration, so no call is tried"
                                                + " again."),
                        pause -> assertThat(pause)
                                .startsWith(
                                        "spec.retryPolicy.retryBackoffBaseInterval: '0s' is not a duration of more"),
                        word -> assertThat(word)
                                .startsWith("spec.retryPolicy.retryOn: '503' is no word that Envoy knows"),
                        list -> assertThat(list)
                                .startsWith("spec.retryPolicy.retryOn: 'retriable-headers' needs a list"));
    }

    @Test
    void aRetryInEnvoysWordsIsTaken() {
        String spec = """
                source: {kind: ServiceAccount, name: web, namespace: shop}
                destinations: [{kind: Service, name: orders, namespace: shop}]
                retryPolicy: {retryOn: "gateway-error, unavailable", perTryTimeout: 1.5s, numRetries: 0, retryBackoffBaseInterval: 25ms}
                """;
        assertThat(refused("policy.openservicemesh.io/Retry", spec)).isEmpty();
        assertThat(warned("policy.openservicemesh.io/Retry", spec)).isEmpty();
    }

    @Test
    void aSecondUpstreamSettingForAServiceIsRefused() {
        JsonNode other = setting("other", "web");
        JsonNode same = setting("thing", "web");
        JsonNode foreign = setting("foreign", "store");
        JsonNode object = setting("thing", "web.bookstore");

        assertThat(new TrafficSettingValidator(having(same, foreign)).check(object))
                .isEmpty();
        assertThat(new TrafficSettingValidator(having(same, foreign, other)).check(object))
                .singleElement()
                .asString()
                .startsWith(
                        "M2028 UpstreamTrafficSetting bookstore/thing spec.host: UpstreamTrafficSetting bookstore/other");
    }

    private static JsonNode setting(String name, String host) {
        return tree("metadata: {namespace: bookstore, name: " + name + "}\nspec: {host: " + host + "}");
    }

    private static ObjectLookup having(JsonNode... settings) {
        return new ObjectLookup() {
            @Override
            public Answer find(ObjectRef ref) {
                return new Absent();
            }

            @Override
            public List<JsonNode> trafficSettings(String namespace) {
                return List.of(settings);
            }
        };
    }

    @Test
    void upstreamSettingsThatEnvoyWouldRefuseAreRefused() {
        String spec = """
                host: web.shop
                connectionSettings: {tcp: {connectTimeout: 0s, maxConnections: 4294967296}}
                rateLimit: {local: {http: {requests: 1, unit: second, responseStatusCode: 419}}}
                httpRoutes:
                - {path: /a, rateLimit: {local: {requests: 1, unit: second, responseStatusCode: 429}}}
                - {path: "/a/(", rateLimit: {local: {requests: 1, unit: second}}}
                """;
        assertThat(refused("policy.openservicemesh.io/UpstreamTrafficSetting", spec))
                .containsExactly(
                        "spec.connectionSettings.tcp.connectTimeout: '0s' is not a duration above 0.",
                        "spec.connectionSettings.tcp.maxConnections: '4294967296' is not a whole number from 0 to 4294967295.",
                        "spec.host: 'web.shop' is a service of namespace shop, and only objects of its own namespace count.",
                        "spec.httpRoutes[1].path: '/a/(' is not an RE2 expression: missing closing ).",
                        "spec.rateLimit.local.http.responseStatusCode: Invalid responseStatusCode 419.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backends: [{service: v1, weight: 0}, {service: v2, weight: 0}]",
                "backends: []",
                "backends: [{service: v1, weight: -1}, {service: v2, weight: 1}]",
                "backends: [{service: v1, weight: 1}, {service: v1, weight: 1}]",
                "backends: [{service: '', weight: 1}]"
            })
    void aSplitWhoseWeightsCannotBeUsedIsRefused(String backends) {
        assertThat(refused("split.smi-spec.io/TrafficSplit", "service: web\n" + backends))
                .hasSize(1);
    }

    @Test
    void aSplitInWhichOneSideHasItAllIsTaken() {
        assertThat(check(
                        "split.smi-spec.io/TrafficSplit",
                        "service: web\nbackends: [{service: v1, weight: 100}, {service: v2, weight: 0}]"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata: {}", "spec: 7", "spec: {matches: 7, sources: x, backends: {a: b}, rules: [[]]}"})
    void nothingThrowsWhateverTheShape(String object) {
        validators.forEach((kind, validator) ->
                assertThat(validator.check(tree(object))).as(kind).isNotNull());
    }
}
