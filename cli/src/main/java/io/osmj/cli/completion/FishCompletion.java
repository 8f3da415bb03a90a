package io.osmj.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish: one line for each command and option, read from the commands themselves. */
final class FishCompletion {
    private FishCompletion() {}

    static String of(CommandLine root) {
        var lines = new ArrayList<String>();
        lines.add("complete -c osm -f");
        walk(root, List.of(), lines);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void walk(CommandLine command, List<String> path, List<String> lines) {
        var condition = condition(command, path);
        var children = command.getSubcommands().values().stream().distinct().toList();
        for (var child : children) {
            lines.add("complete -c osm -n %s -a %s -d %s"
                    .formatted(quoted(condition), quoted(child.getCommandName()), quoted(summary(child))));
        }
        for (var option : command.getCommandSpec().options()) {
            lines.add("complete -c osm -n %s%s -d %s"
                    .formatted(quoted(condition), names(option), quoted(String.join(" ", option.description()))));
        }
        for (var child : children) {
            var longer = new ArrayList<>(path);
            longer.add(child.getCommandName());
            walk(child, longer, lines);
        }
    }

    /** True where the words of the path were typed and none of the next command's. */
    private static String condition(CommandLine command, List<String> path) {
        var parts = new ArrayList<String>();
        path.forEach(word -> parts.add("__fish_seen_subcommand_from " + word));
        if (!command.getSubcommands().isEmpty()) {
            parts.add("not __fish_seen_subcommand_from "
                    + String.join(" ", command.getSubcommands().keySet()));
        }
        return parts.isEmpty() ? "true" : String.join("; and ", parts);
    }

    private static String names(OptionSpec option) {
        var words = new StringBuilder();
        for (var name : option.names()) {
            words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return words.append(option.arity().max() > 0 ? " -r" : "").toString();
    }

    private static String summary(CommandLine command) {
        var description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
