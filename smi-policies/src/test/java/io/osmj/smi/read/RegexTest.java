package io.osmj.smi.read;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Envoy judges the same in {@code integration}; here is what needs none. */
class RegexTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".*",
                "/a",
                "/books/[^/]+/pages/\\d+",
                "(?i)/API/v[0-9]+(/.*)?",
                "\\Q[a-z]{999}\\E",
                "[]a]{3}",
                "[^]a]{3}",
                "[[:alpha:]_]{5}",
                "a{,5}",
                "\\pL+",
            })
    void whatEnvoyTakesIsTaken(String expression) {
        assertThat(Regex.fault(expression)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"\\w{40}", "\\W{30}", "[^/]{60}", ".{60}", "[a-zA-Z0-9_.-]{30}", "\\pL{20}", "[acegik]{30}", "a{100}"})
    void aSetOfCharactersCostsAsMuchAsItHasRanges(String expression) {
        assertThat(Regex.fault(expression))
                .hasValueSatisfying(fault -> assertThat(fault).contains("instructions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "[", "*", "a**", "(?=a)", "\\1", "[[:nope:]]", "\\pQ", "a{1001}", "(?P<n"})
    void whatIsNoExpressionIsRefused(String expression) {
        assertThat(Regex.fault(expression)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{0,1000}){0,1000}){0,1000}",
                "((((((a{9}){9}){9}){9}){9}){9}){9}",
                "(((((((((\\w{0,999}\\W{0,999}){999}){999}){999}){999})+){999})?){999}){999}",
                "((a{999}|b{999}){999}|c){999}",
                "(?i)(\\pL{500}\\PL{500}){500}"
            })
    void aBombIsRefusedBeforeItIsCompiled(String expression) {
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(2), () -> Regex.fault(expression)))
                .isPresent();
    }

    @Test
    void noiseNeitherThrowsNorTakesLong() {
        List<String> parts = List.of(
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                "{9}",
                "{0,99}",
                "*",
                "+",
                "?",
                "|",
                "\\",
                "^",
                "$",
                ".",
                "\\w",
                "\\pL",
                "[:alpha:]",
                "a",
                "é",
                "\uD83D\uDE00",
                "-",
                "\\Q",
                "\\E",
                "(?i",
                ":",
                "\u0000");
        Random random = new Random(20_260_301);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int round = 0; round < 3_000; round++) {
                String expression = random.ints(random.nextInt(60), 0, parts.size())
                        .mapToObj(parts::get)
                        .collect(joining());
                assertThat(Regex.fault(expression)).isNotNull();
            }
        });
    }
}
