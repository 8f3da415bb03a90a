package io.osmj.integration.envoy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.osmj.smi.read.HttpRouteGroupReader;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One expression that Envoy refuses costs a proxy its whole route table, so ours must not be the milder judge. */
@Tag("envoy")
class RegexTest {
    private static final List<String> ATOMS = List.of(
            "a",
            "/",
            "\\.",
            "é",
            ".",
            "\\w",
            "\\W",
            "\\d",
            "\\s",
            "\\S",
            "[^/]",
            "[a-z]",
            "[a-zA-Z0-9_.-]",
            "[acegik]",
            "[[:alnum:]]",
            "[^[:space:]x]",
            "[]a-f]",
            "\\pL",
            "\\PL",
            "\\p{Greek}",
            "\\b",
            "^",
            "$",
            "\\x{41}",
            "\\Qa.b\\E",
            "(?i:k)",
            "(?s:.)",
            "[\\w.-]",
            "[\\d\\s]");
    private static final List<String> REPEATS =
            List.of("", "", "", "*", "+", "?", "{3}", "{2,9}", "{12}", "{30}", "{0,7}");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void whatIsTakenHereIsTakenByEnvoy(long seed) {
        Random random = new Random(seed);
        List<String> taken = IntStream.range(0, 3_000)
                .mapToObj(_ -> expression(random, 2))
                .distinct()
                .filter(RegexTest::isTaken)
                .toList();

        EnvoyJudge.Verdict verdict = EnvoyJudge.judge(routes(taken));

        assertThat(taken).hasSizeGreaterThan(500);
        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    }

    /** So that the test above cannot pass for want of a judge. */
    @Test
    void envoyDoesRefuse() {
        EnvoyJudge.Verdict verdict = EnvoyJudge.judge(routes(List.of("\\w{40}")));

        assertThat(verdict.exitCode()).isNotZero();
        assertThat(verdict.output()).contains("RE2 program size");
    }

    private static String expression(Random random, int depth) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(_ -> part(random, depth) + pick(random, REPEATS))
                .collect(joining(random.nextInt(5) == 0 ? "|" : ""));
    }

    private static String part(Random random, int depth) {
        return depth > 0 && random.nextInt(4) == 0
                ? (random.nextBoolean() ? "(" : "(?:") + expression(random, depth - 1) + ")"
                : pick(random, ATOMS);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static boolean isTaken(String expression) {
        ObjectNode group = JSON.createObjectNode();
        group.putObject("spec").putArray("matches").addObject().put("name", "m").put("pathRegex", expression);
        return HttpRouteGroupReader.read(group).clean();
    }

    private static ResourceSet routes(List<String> expressions) {
        VirtualHost.Builder host = VirtualHost.newBuilder().setName("all").addDomains("*");
        for (String expression : expressions) {
            host.addRoutes(Route.newBuilder()
                    .setMatch(RouteMatch.newBuilder()
                            .setSafeRegex(RegexMatcher.newBuilder().setRegex(expression)))
                    .setDirectResponse(DirectResponseAction.newBuilder().setStatus(200)));
        }
        HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder()
                .setStatPrefix("judged")
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())));
        manager.getRouteConfigBuilder().addVirtualHosts(host);
        Listener listener = Listener.newBuilder()
                .setName("judged")
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress("127.0.0.1")
                                .setPortValue(1)))
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder().setName("http").setTypedConfig(Any.pack(manager.build()))))
                .build();
        return ResourceSet.of(List.of(EnvoyResource.of(ResourceType.LISTENER, "judged", listener)));
    }
}
