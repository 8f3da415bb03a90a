package io.osmj.injector.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.core.intercept.Interception;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RulesTextTest {
    private static final ObjectRef POD = new ObjectRef("Pod", "shop", "web");

    @Test
    void sixteenPortsMakeTwoRules() {
        List<Integer> ports = IntStream.rangeClosed(1, 16).boxed().toList();
        String text = RulesText.of(new Interception(ports, List.of(), List.of(), List.of(), List.of()));
        assertThat(text)
                .contains("--dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15 -j RETURN\n")
                .contains("OSM_PROXY_OUTBOUND -p tcp -m multiport --dports 16 -j RETURN\n");
    }

    @Test
    void noListMakesNoRuleWithoutPorts() {
        assertThat(RulesText.of(Interception.EVERYTHING))
                .doesNotContain("--dports  ")
                .endsWith("COMMIT\n");
    }

    @Test
    void wordsThatAreNoInterfaceNamesAreTold() {
        List<String> names = List.of("eth0", "$(id)", "a b", "eth0\n-A X", "sixteen-letters-", "\"", "");
        Interception lists = new Interception(List.of(), List.of(), List.of(), List.of(), names);
        assertThat(InterceptionCheck.problems(lists, POD))
                .hasSize(6)
                .extracting(Problem::code)
                .containsOnly(ProblemCode.M1006);
    }

    @Test
    void portsThatDoNotExistAreTold() {
        Interception lists =
                new Interception(List.of(0, 1, 65535, 65536), List.of(-1), List.of(), List.of(), List.of());
        assertThat(InterceptionCheck.problems(lists, POD)).hasSize(3);
    }
}
