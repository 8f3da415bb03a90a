package io.osmj.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code -o}, for commands whose result a program may want to read. */
public final class Output {
    /** How a result is written. In lower case, because these are words of the command line and of its completion. */
    public enum Format {
        /** Lines for people. */
        table,
        json,
        yaml
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print the result: table, json or yaml (default: table).")
    private Format format = Format.table;

    public Format format() {
        return format;
    }

    /** Prints the lines, or the value they were made of. */
    public void print(Session session, List<String> lines, @Nullable Object value) {
        switch (format) {
            case table -> lines.forEach(session.out()::println);
            case json -> session.out().println(json(value));
            case yaml -> session.out().print(Serialization.asYaml(value));
        }
    }

    private static String json(@Nullable Object value) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a result that is no JSON: " + value, failure);
        }
    }
}
