package io.osmj.smi.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.policy.EgressRule.By;
import io.osmj.core.policy.EgressRule.Port;
import io.osmj.core.problem.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressReaderTest {
    private static final String WEB = "{\"kind\": \"ServiceAccount\", \"name\": \"web\", \"namespace\": \"shop\"}";

    @Test
    void hostsAreNamesInLowerCaseAndProtocolsAreTakenInAnyCase() {
        Outcome<Optional<EgressPolicy>> read =
                read(WEB, "\"API.Example.com.\"", "", port("80", "HTTP") + "," + port("443", "https"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).hasValueSatisfying(policy -> {
            assertThat(policy.hosts()).containsExactly("api.example.com");
            assertThat(policy.ports()).containsExactly(new Port(80, By.HTTP_HOST), new Port(443, By.TLS_NAME));
        });
    }

    @Test
    void withoutHostsTlsGoesByAddress() {
        assertThat(read(WEB, "", "\"10.0.0.0/8\"", port("443", "https")).value())
                .hasValueSatisfying(policy -> assertThat(policy.ports()).containsExactly(new Port(443, By.ADDRESS)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "*.example.com; Name each host by itself",
                "example.com:80; its port stands in spec.ports",
                "a..b; Write a name such as",
                "-a.example.com; Write a name such as",
                "under_score.example.com; Write a name such as",
                "10.0.0.1; Write it as a range in ipAddresses",
                "localhost; what a pod says to itself",
                "a.localhost; what a pod says to itself"
            })
    void whatCannotBeLookedUpIsNoHost(String host, String remedy) {
        Outcome<Optional<EgressPolicy>> read = read(WEB, "\"" + host + "\"", "", port("443", "https"));

        assertThat(read.value()).isEmpty();
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).hasToString("M1005");
            assertThat(problem.field()).isEqualTo("spec.hosts[0]");
            assertThat(problem.remedy()).contains(remedy);
        });
    }

    /** One that is left out could leave none, which means any address. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"10.0.0.1\"; 5432; tcp; M1001 spec.ipAddresses[0]",
                "\"fd00::/8\"; 5432; tcp; M1001 spec.ipAddresses[0]",
                "\"10.0.0.0/8\"; 0; tcp; M1005 spec.ports[0].number",
                "\"10.0.0.0/8\"; 70000; tcp; M1005 spec.ports[0].number",
                "\"10.0.0.0/8\"; \"x\"; tcp; M1005 spec.ports[0].number",
                "\"10.0.0.0/8\"; 5432; udp; M1005 spec.ports[0].protocol"
            })
    void onePartThatCannotBeReadTakesTheWholeOutOfEffect(String range, String port, String protocol, String problem) {
        Outcome<Optional<EgressPolicy>> read = read(WEB, "", range, port(port, protocol) + "," + port("1", "tcp"));

        assertThat(read.value()).isEmpty();
        assertThat(problems(read)).containsExactly(problem);
    }

    @Test
    void aSourceHasToBeAServiceAccount() {
        Outcome<Optional<EgressPolicy>> read =
                read(WEB + "," + WEB.replace("ServiceAccount", "User"), "", "", port("1", "tcp"));

        assertThat(read.value()).isEmpty();
        assertThat(problems(read)).containsExactly("M2009 spec.sources[1]");
    }

    @Test
    void whatDoesLessOrMoreThanItSeemsToIsSaidAndTakesEffect() {
        assertThat(problems(read("", "", "", ""))).containsExactly("M2022 spec.ports", "M2003 spec.sources");
        assertThat(problems(read(WEB, "", "", port("80", "http")))).containsExactly("M2022 spec.ports[0].protocol");
        assertThat(problems(read(WEB, "\"a.b\"", "", port("22", "tcp"))))
                .containsExactly("M2023 spec.ports[0].protocol");
        assertThat(problems(read(WEB, "\"a.b\"", "\"10.0.0.0/8\"", port("80", "http"))))
                .containsExactly("M2023 spec.ipAddresses");
        Outcome<Optional<EgressPolicy>> both = read(WEB, "\"a.b\"", "\"10.0.0.0/8\"", port("443", "https"));
        assertThat(problems(both)).containsExactly("M2023 spec.ports[0].protocol");
        assertThat(both.value()).isPresent();
    }

    private static List<String> problems(Outcome<?> read) {
        return read.problems().stream()
                .map(problem -> problem.code() + " " + problem.field())
                .toList();
    }

    private static String port(String number, String protocol) {
        return "{\"number\": " + number + ", \"protocol\": \"" + protocol + "\"}";
    }

    private static Outcome<Optional<EgressPolicy>> read(String sources, String hosts, String ranges, String ports) {
        try {
            return EgressReader.read(new ObjectMapper().readTree("""
                    {"metadata": {"namespace": "shop", "name": "out"},
                     "spec": {"sources": [%s], "hosts": [%s], "ipAddresses": [%s], "ports": [%s]}}
                    """.formatted(sources, hosts, ranges, ports)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
