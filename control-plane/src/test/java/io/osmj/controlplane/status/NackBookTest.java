package io.osmj.controlplane.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.origin.Source;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.xds.resource.ResourceType;
import io.osmj.xds.serve.Nack;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Refusals of proxies, and what stands on the board. */
class NackBookTest {
    private static final ObjectRef GROUP = new ObjectRef("HTTPRouteGroup", "shop", "calls");
    private static final ObjectRef TARGET = new ObjectRef("TrafficTarget", "shop", "calls");
    private static final String ROUTE = "rds-inbound.8080";

    private final ProblemBoard board = new ProblemBoard(InstantSource.system());
    private final List<CompletableFuture<List<Source>>> open = new ArrayList<>();
    private List<Source> sources = List.of(
            new Source(GROUP, List.of("/buy/.*"), 0), new Source(TARGET, List.of("TrafficTarget shop/calls"), 0));
    private boolean late;
    private final NackBook book = new NackBook(board, this::origins, UnaryOperator.identity());

    private CompletableFuture<List<Source>> origins(Nack nack) {
        CompletableFuture<List<Source>> answer = new CompletableFuture<>();
        open.add(answer);
        if (!late) {
            answer.complete(sources);
        }
        return answer;
    }

    private static ProxyIdentity proxy(String pod) {
        return new ProxyIdentity(new ServiceAccount("shop", "web"), pod, pod + "-uid");
    }

    private void refuse(String pod, ResourceType type, String name, String text) {
        book.refused(new Nack(proxy(pod), type, List.of(name), text));
    }

    @Test
    void itIsAProblemOfTheObjectThatTheProxyQuotes() {
        refuse("web-1", ResourceType.ROUTE, ROUTE, "regex '/buy/.*' is too large");

        assertThat(board.all())
                .containsExactly(new Problem(
                        ProblemCode.M5001,
                        GROUP,
                        "",
                        "The proxy of pod shop/web-1 refuses ROUTE rds-inbound.8080, which this object is a part of, and keeps"
                                + " what it had. In its words: regex '/buy/.*' is too large",
                        "Write '/buy/.*' otherwise there. Until proxies take it, they keep what they had."));
        assertThat(book.of(proxy("web-1")))
                .containsExactly("ROUTE rds-inbound.8080 of HTTPRouteGroup shop/calls: regex '/buy/.*' is too large");
        assertThat(book.of(proxy("web-2"))).isEmpty();
    }

    @Test
    void whatIsNotToldApartIsNamedInFull() {
        refuse("web-1", ResourceType.ROUTE, ROUTE, "no");

        assertThat(board.all()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(GROUP);
            assertThat(problem.message()).contains("; other parts are TrafficTarget shop/calls. In its words: no");
            assertThat(problem.remedy()).startsWith("Take back the last change of these objects");
        });
    }

    @Test
    void whereNoObjectIsBehindItItIsThePods() {
        sources = List.of();
        refuse("web-1", ResourceType.SECRET, "service-cert", "no");

        assertThat(board.all()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(new ObjectRef("Pod", "shop", "web-1"));
            assertThat(problem.remedy()).contains("fault of the mesh");
        });
    }

    @Test
    void manyPodsAndTheirResourcesAreOneProblem() {
        for (int pod = 10; pod < 22; pod++) {
            for (String cluster : List.of("h|10.96.0.1:80", "h|10.96.0.2:80")) {
                refuse("web-" + pod, ResourceType.CLUSTER, cluster, "Error adding " + cluster + ": /buy/.* again");
            }
        }

        assertThat(board.all())
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("The proxies of 12 pods (shop/web-10, shop/web-11, shop/web-12 and others) refuse CLUSTER"
                        + " h|10.96.0.1:80 and 1 more, which this object is a part of, and keep what they had. In its"
                        + " words: Error adding [it]: /buy/.* again");

        for (int pod = 11; pod < 22; pod++) {
            book.settled(proxy("web-" + pod), ResourceType.CLUSTER, "h|10.96.0.1:80");
            book.settled(proxy("web-" + pod), ResourceType.CLUSTER, "h|10.96.0.2:80");
        }
        assertThat(board.all())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("The proxy of pod shop/web-10 refuses");

        book.settled(proxy("web-10"), ResourceType.CLUSTER, "h|10.96.0.1:80");
        book.settled(proxy("web-10"), ResourceType.CLUSTER, "h|10.96.0.2:80");
        assertThat(board.all()).isEmpty();
    }

    @Test
    void anotherRefusalOfTheSameTakesThePlaceOfTheFirst() {
        refuse("web-1", ResourceType.ROUTE, ROUTE, "regex '/buy/.*' is too large");
        refuse("web-1", ResourceType.ROUTE, ROUTE, "regex '/buy/.*' is too large");
        assertThat(board.all()).hasSize(1);

        refuse("web-1", ResourceType.ROUTE, ROUTE, "TrafficTarget shop/calls is bad");
        assertThat(board.all()).singleElement().extracting(Problem::object).isEqualTo(TARGET);

        book.settled(proxy("web-1"), ResourceType.ROUTE, ROUTE);
        assertThat(board.all()).isEmpty();
    }

    @Test
    void whatIsSettledBeforeItsObjectIsKnownIsNoProblem() {
        late = true;
        refuse("web-1", ResourceType.ROUTE, ROUTE, "no");
        book.settled(proxy("web-1"), ResourceType.ROUTE, ROUTE);
        open.forEach(answer -> answer.complete(sources));

        assertThat(board.all()).isEmpty();
    }

    @Test
    void ofSeveralItIsNotKnownYetWhichIsAtFault() {
        book.refused(new Nack(proxy("web-1"), ResourceType.CLUSTER, List.of("a", "b"), "no"));

        assertThat(board.all()).isEmpty();
        assertThat(open).isEmpty();
    }
}
