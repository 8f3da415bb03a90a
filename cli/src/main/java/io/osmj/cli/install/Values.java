package io.osmj.cli.install;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of the chart as {@code --set} takes them: {@code path=value}, several of them separated by commas, lists in
 * braces, as with Helm. Read here because Helm as a library takes every value as one word, lists too.
 */
public final class Values {
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    private final Map<String, @Nullable Object> tree = new TreeMap<>();

    /** The values of some arguments; of two for one path the later one counts. */
    public static Values of(List<String> arguments) {
        var values = new Values();
        for (var argument : arguments) {
            for (var pair : split(argument)) {
                var equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new Failure("invalid format for --set: \"" + pair + "\" is not path=value");
                }
                values.set(pair.substring(0, equals), read(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** Sets one value, whatever was there. */
    public Values set(String path, @Nullable Object value) {
        ValuePath.parse(path).put(tree, value);
        return this;
    }

    /** The values as a file for Helm. */
    public String asYaml() {
        return Serialization.asYaml(tree);
    }

    private static @Nullable Object read(String text) {
        if (text.startsWith("{") && text.endsWith("}")) {
            var inside = text.substring(1, text.length() - 1);
            return inside.isEmpty()
                    ? List.of()
                    : split(inside).stream().map(Values::scalar).toList();
        }
        return scalar(text);
    }

    private static @Nullable Object scalar(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.equals("null")) {
            return null;
        }
        return NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : unescaped(text);
    }

    /** Without the backslashes that took the meaning from characters. */
    static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    /** At commas, but neither at escaped ones nor inside the braces of a list. */
    private static List<String> split(String argument) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        var depth = 0;
        for (int at = 0; at < argument.length(); at++) {
            var character = argument.charAt(at);
            if (character == '\\' && at + 1 < argument.length()) {
                at++;
                part.append(character).append(argument.charAt(at));
                continue;
            }
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
            if (character == ',' && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
