package io.osmj.objects.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.problem.ObjectRef;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is read object by object, as the watches tell of them. */
class PolicyReadingTest {
    /** As wrong as can be in any of the kinds. */
    private static final String WRONG = """
            {"metadata": {"namespace": "shop", "name": "it"},
             "spec": {"source": {"kind": "Pod"}, "sources": [{"kind": "Pod", "name": "x"}], "destination": {"kind": "Pod"},
                      "destinations": [{"kind": "Pod"}], "host": "", "backends": [{"name": "it"}],
                      "service": "", "matches": [{"pathRegex": "("}], "ports": [{"number": 0}]}}
            """;

    private final PolicyReading reading = new PolicyReading();

    @TestFactory
    Stream<DynamicTest> whatIsWrongWithAnObjectIsForgottenWithTheObject() {
        return Stream.of(
                test("TrafficTarget", reading::target),
                test("Egress", reading::egress),
                test("IngressBackend", reading::ingressBackend),
                test("Retry", reading::retry),
                test("UpstreamTrafficSetting", reading::trafficSetting));
    }

    private DynamicTest test(String kind, BiConsumer<ObjectRef, Optional<JsonNode>> read) {
        return DynamicTest.dynamicTest(kind, () -> forgets(kind, read));
    }

    private void forgets(String kind, BiConsumer<ObjectRef, Optional<JsonNode>> read) throws JsonProcessingException {
        ObjectRef ref = new ObjectRef(kind, "shop", "it");
        read.accept(ref, Optional.of(new ObjectMapper().readTree(WRONG)));
        assertThat(reading.problems()).isNotEmpty();

        read.accept(ref, Optional.empty());

        assertThat(reading.problems()).isEmpty();
    }
}
