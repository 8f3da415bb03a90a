package io.osmj.cli.install;

import io.osmj.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of a chart belongs, as {@code --set} writes it: names with dots between them, the number of an item of a list in
 * brackets, and a backslash before a dot that is part of a name.
 *
 * @param text as written
 * @param first the name it begins with
 * @param rest the way on from there
 */
record ValuePath(String text, String first, List<Step> rest) {
    private static final String NAME = "(?:\\\\.|[^.\\[\\]\\\\])+";
    private static final String INDEX = "\\[\\d{1,4}]";
    private static final Pattern STEP = Pattern.compile("(?<index>" + INDEX + ")|" + NAME);
    private static final Pattern SHAPE = Pattern.compile("%1$s(?:%2$s)*(?:\\.%1$s(?:%2$s)*)*".formatted(NAME, INDEX));

    ValuePath {
        rest = List.copyOf(rest);
    }

    /** One step down: into a table, or into a list. */
    sealed interface Step {
        /** By a name. */
        record Key(String name) implements Step {}

        /** By a number, counted from 0. */
        record Index(int at) implements Step {}
    }

    static ValuePath parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new Failure("invalid format for --set: \"" + text + "\" is not a path such as osm.image.tag");
        }
        var steps = STEP.matcher(text).results().toList();
        return new ValuePath(
                text,
                Values.unescaped(steps.getFirst().group()),
                steps.stream().skip(1).map(ValuePath::step).toList());
    }

    private static Step step(MatchResult found) {
        var text = found.group();
        return found.group("index") == null
                ? new Step.Key(Values.unescaped(text))
                : new Step.Index(Integer.parseInt(text.substring(1, text.length() - 1)));
    }

    /** Puts the value there, and what is missing on the way. */
    void put(Map<String, @Nullable Object> tree, @Nullable Object value) {
        tree.put(first, placed(tree.get(first), rest, value));
    }

    /** What stands in place of a node once the value is below it. */
    private @Nullable Object placed(@Nullable Object node, List<Step> steps, @Nullable Object value) {
        if (steps.isEmpty()) {
            return value;
        }
        var below = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case Step.Key(var name) -> {
                var table = table(node);
                table.put(name, placed(table.get(name), below, value));
                yield table;
            }
            case Step.Index(var at) -> {
                var list = list(node, at + 1);
                list.set(at, placed(list.get(at), below, value));
                yield list;
            }
        };
    }

    private Map<String, @Nullable Object> table(@Nullable Object node) {
        var table = new TreeMap<String, @Nullable Object>();
        if (node instanceof Map<?, ?> before) {
            before.forEach((key, item) -> table.put(String.valueOf(key), item));
        } else if (node != null) {
            throw new Failure("invalid format for --set: " + text + " is set below a value that is not a table");
        }
        return table;
    }

    /** Items that nobody set are null, as with Helm. */
    private List<@Nullable Object> list(@Nullable Object node, int atLeast) {
        var list = new ArrayList<@Nullable Object>();
        if (node instanceof List<?> before) {
            list.addAll(before);
        } else if (node != null) {
            throw new Failure("invalid format for --set: " + text + " counts the items of what is not a list");
        }
        while (list.size() < atLeast) {
            list.add(null);
        }
        return list;
    }
}
