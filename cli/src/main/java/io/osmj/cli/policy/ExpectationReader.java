package io.osmj.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.osmj.cli.session.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a file of expectations. A word that is not known is a fault: a test that says nothing always holds. */
final class ExpectationReader {
    private static final Set<String> WORDS =
            Set.of("name", "from", "to", "method", "path", "headers", "allow", "because");

    private final Path file;

    private ExpectationReader(Path file) {
        this.file = file;
    }

    static List<Expectation> read(Path file) {
        return new ExpectationReader(file).read();
    }

    private List<Expectation> read() {
        JsonNode list = tree().path("expect");
        if (!list.isArray() || list.isEmpty()) {
            throw fault("there is no list 'expect' with something in it");
        }
        List<Expectation> all = new ArrayList<>();
        for (JsonNode item : list) {
            all.add(expectation(item, all.size() + 1));
        }
        return all;
    }

    private JsonNode tree() {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException failure) {
            throw fault("it is not YAML: " + failure.getOriginalMessage());
        } catch (IOException failure) {
            throw new Failure("there is no file of expectations " + file + "; name one with --expect", failure);
        }
    }

    private Expectation expectation(JsonNode item, int number) {
        item.fieldNames().forEachRemaining(word -> {
            if (!WORDS.contains(word)) {
                throw fault("expectation " + number + " has the unknown word '" + word + "'; known are "
                        + String.join(", ", WORDS.stream().sorted().toList()));
            }
        });
        if (!item.path("allow").isBoolean()) {
            throw fault("expectation " + number + " does not say 'allow: true' or 'allow: false'");
        }
        Map<String, String> headers = new TreeMap<>();
        item.path("headers")
                .properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asText()));
        String from = needed(item, "from", number);
        String to = needed(item, "to", number);
        return new Expectation(
                item.path("name").asText(from + " -> " + to),
                from,
                to,
                new Request(text(item, "method"), text(item, "path"), headers),
                item.path("allow").asBoolean(),
                item.path("because").asText(""));
    }

    private String needed(JsonNode item, String word, int number) {
        return text(item, word).orElseThrow(() -> fault("expectation " + number + " does not say '" + word + "'"));
    }

    private static Optional<String> text(JsonNode item, String word) {
        return item.hasNonNull(word) ? Optional.of(item.path(word).asText()) : Optional.empty();
    }

    private Failure fault(String message) {
        return new Failure(file + ": " + message);
    }
}
