package io.osmj.smi.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.smi.read.HttpRouteGroup;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.smi.read.TcpRoute;
import io.osmj.smi.read.TcpRouteReader;
import io.osmj.smi.read.TrafficTarget;
import io.osmj.smi.read.TrafficTargetReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmiResolverTest {
    private static final String ORDERS = """
            {"kind": "HTTPRouteGroup", "metadata": {"namespace": "shop", "name": "routes"},
             "spec": {"matches": [
               {"name": "anything"},
               {"name": "read", "pathRegex": "/orders/.*", "methods": ["GET"], "headers": [{"X-Tenant": "a.*"}]}]}}""";

    private static String target(String rules) {
        return """
                {"kind": "TrafficTarget", "metadata": {"namespace": "shop", "name": "tt"},
                 "spec": {"destination": {"kind": "ServiceAccount", "name": "orders", "namespace": "shop"},
                  "sources": [{"kind": "ServiceAccount", "name": "web.front", "namespace": "ui"}],
                  "rules": %s}}""".formatted(rules);
    }

    /** Reads the documents and resolves them; the problems of both steps come together, as they do in the product. */
    private static Outcome<List<AllowRule>> resolve(String... documents) {
        List<Problem> problems = new ArrayList<>();
        List<TrafficTarget> targets = new ArrayList<>();
        List<HttpRouteGroup> groups = new ArrayList<>();
        List<TcpRoute> routes = new ArrayList<>();
        for (String document : documents) {
            JsonNode object = json(document);
            switch (object.path("kind").asText()) {
                case "TrafficTarget" ->
                    add(TrafficTargetReader.read(object), problems).ifPresent(targets::add);
                case "HTTPRouteGroup" -> groups.add(add(HttpRouteGroupReader.read(object), problems));
                default -> routes.add(add(TcpRouteReader.read(object), problems));
            }
        }
        Outcome<List<AllowRule>> resolved = SmiResolver.resolve(new SmiPolicies(targets, groups, routes));
        return new Outcome<>(
                resolved.value(),
                Stream.concat(problems.stream(), resolved.problems().stream()).toList());
    }

    private static <T> T add(Outcome<T> outcome, List<Problem> problems) {
        problems.addAll(outcome.problems());
        return outcome.value();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void aMatchWithOnlyANameAllowsEveryRequest() {
        var resolved = resolve(
                target("[{\"kind\": \"HTTPRouteGroup\", \"name\": \"routes\", \"matches\": [\"anything\"]}]"), ORDERS);

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.value()).singleElement().satisfies(rule -> {
            assertThat(rule.destination()).isEqualTo(new ServiceAccount("shop", "orders"));
            assertThat(rule.sources()).containsExactly(new ServiceAccount("ui", "web.front"));
            assertThat(rule.http()).containsExactly(HttpMatch.ANY);
            assertThat(rule.tcp()).isEqualTo(new TcpAllowance.AnyPort());
        });
    }

    @Test
    void onlyNamedMatchesCount() {
        var resolved = resolve(
                target("[{\"kind\": \"HTTPRouteGroup\", \"name\": \"routes\", \"matches\": [\"read\"]}]"), ORDERS);

        assertThat(resolved.value().getFirst().http())
                .containsExactly(new HttpMatch("/orders/.*", List.of("GET"), Map.of("x-tenant", "a.*")));
    }

    @Test
    void twoFaultsInOneTargetAreTwoProblems() {
        var resolved = resolve(target("""
                        [{"kind": "HTTPRouteGroup", "name": "routes", "matches": ["wrong"]},
                         {"kind": "HTTPRouteGroup", "name": "nobody-wrote-it", "matches": ["x"]}]"""), ORDERS);

        assertThat(resolved.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "M2006 TrafficTarget shop/tt spec.rules[0].matches[0]: HTTPRouteGroup shop/routes has no usable"
                                + " match 'wrong', so the rule allows nothing by that name."
                                + " Use one of: anything, read.",
                        "M2005 TrafficTarget shop/tt spec.rules[1].name: HTTPRouteGroup shop/nobody-wrote-it does not"
                                + " exist, so the rule allows nothing."
                                + " Create it in the target's namespace or correct the name.");
        assertThat(resolved.value().getFirst().http()).isEmpty();
        assertThat(resolved.value().getFirst().tcp()).isEqualTo(new TcpAllowance.Nothing());
    }

    @Test
    void aRuleWithoutMatchesAllowsNoRequest() {
        var resolved = resolve(target("[{\"kind\": \"HTTPRouteGroup\", \"name\": \"routes\"}]"), ORDERS);

        assertThat(resolved.value().getFirst().http()).isEmpty();
        assertThat(resolved.problems())
                .extracting(problem -> problem.code().name())
                .containsExactly("M2007");
    }

    @Test
    void tcpRoutesOpenTheirPortsOnly() {
        var resolved = resolve(target("[{\"kind\": \"TCPRoute\", \"name\": \"db\"}]"), """
                {"kind": "TCPRoute", "metadata": {"namespace": "shop", "name": "db"},
                 "spec": {"matches": {"ports": [3306]}}}""");

        assertThat(resolved.value().getFirst().tcp()).isEqualTo(new TcpAllowance.Ports(List.of(3306)));
        assertThat(resolved.value().getFirst().http()).isEmpty();
    }

    @Test
    void aTcpRouteWithOnlyBadPortsOpensNone() {
        var resolved = resolve(target("[{\"kind\": \"TCPRoute\", \"name\": \"db\"}]"), """
                {"kind": "TCPRoute", "metadata": {"namespace": "shop", "name": "db"},
                 "spec": {"matches": {"ports": [70000]}}}""");

        assertThat(resolved.value().getFirst().tcp()).isEqualTo(new TcpAllowance.Ports(List.of(0)));
        assertThat(resolved.problems())
                .extracting(problem -> problem.code().name())
                .containsExactly("M1002");
    }

    @Test
    void aTargetAwayFromItsDestinationTakesNoEffect() {
        var resolved = resolve("""
                {"kind": "TrafficTarget", "metadata": {"namespace": "elsewhere", "name": "tt"},
                 "spec": {"destination": {"kind": "ServiceAccount", "name": "orders", "namespace": "shop"},
                  "sources": [{"kind": "ServiceAccount", "name": "web", "namespace": "ui"}],
                  "rules": [{"kind": "TCPRoute", "name": "db"}]}}""");

        assertThat(resolved.value()).isEmpty();
        assertThat(resolved.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "The traffic target namespace (elsewhere) must match spec.Destination.Namespace (shop)");
    }

    @Test
    void noSourceIsNobody() {
        var resolved = resolve("""
                {"kind": "TrafficTarget", "metadata": {"namespace": "shop", "name": "tt"},
                 "spec": {"destination": {"kind": "ServiceAccount", "name": "orders", "namespace": "shop"},
                  "sources": [],
                  "rules": [{"kind": "HTTPRouteGroup", "name": "routes", "matches": ["anything"]}]}}""", ORDERS);

        assertThat(resolved.value().getFirst().sources()).isEmpty();
        assertThat(resolved.problems())
                .extracting(problem -> problem.code().name())
                .containsExactly("M2003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?!x)", "(a{1000}){1000}", "(a+)+\\\\$x{0,300}(b|c)*", "["})
    void anIllegalExpressionIsReportedAndItsMatchAllowsNothing(String regex) {
        var resolved = resolve(
                target("[{\"kind\": \"HTTPRouteGroup\", \"name\": \"bad\", \"matches\": [\"m\"]}]"),
                """
                {"kind": "HTTPRouteGroup", "metadata": {"namespace": "shop", "name": "bad"},
                 "spec": {"matches": [{"name": "m", "pathRegex": "%s"}]}}""".formatted(regex));

        assertThat(resolved.problems())
                .extracting(problem -> problem.code().name())
                .containsExactlyInAnyOrder("M2008", "M2006");
        assertThat(resolved.value().getFirst().http()).isEmpty();
    }
}
