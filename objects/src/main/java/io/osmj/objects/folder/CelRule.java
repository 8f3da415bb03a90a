package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One rule about a value.
 *
 * @param rule in CEL, about {@code self}
 * @param message what is wrong with a value that does not keep it
 */
record CelRule(String rule, String message) {
    private static final String SELF = "self";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads an entry of {@code x-kubernetes-validations}. */
    static CelRule of(JsonNode entry) {
        var rule = entry.path("rule").asText();
        return new CelRule(rule, entry.path("message").asText("failed rule: " + rule));
    }

    /** Whether the value keeps the rule. A value on which it cannot be evaluated, as of another type, does not. */
    boolean kept(JsonNode value) {
        try {
            var self = JSON.convertValue(value, Object.class);
            return Boolean.TRUE.equals(Compiled.program(rule).eval(Map.of(SELF, self)));
        } catch (CelEvaluationException other) {
            return false;
        }
    }

    /** Made when the first value is there to ask a rule of, which most folders never bring. */
    private static final class Compiled {
        /** CEL as the API server has it, as far as the chart's rules need it. */
        private static final Cel LANGUAGE = CelFactory.plannerCelBuilder()
                .addVar(SELF, SimpleType.DYN)
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings())
                .build();

        private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

        static CelRuntime.Program program(String rule) {
            return PROGRAMS.computeIfAbsent(rule, Compiled::compile);
        }

        private static CelRuntime.Program compile(String rule) {
            try {
                return LANGUAGE.createProgram(LANGUAGE.compile(rule).getAst());
            } catch (CelValidationException | CelEvaluationException fault) {
                throw new IllegalStateException(
                        "a definition of this program holds a rule that is none: " + rule, fault);
            }
        }
    }
}
