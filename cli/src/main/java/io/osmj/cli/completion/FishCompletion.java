package io.osmj.cli.completion;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish: one line for each command, option and word, read from the commands themselves. */
final class FishCompletion {
    /**
     * True where the words typed are those of a command, an alias standing for its name. Options are no words, nor what follows one that
     * takes a value, nor "help" before a command. With {@code --exactly} nothing may follow them: where the next word would be that of another command.
     */
    private static final String POSITION = """
            function __osm_at
                set -l words
                set -l value no
                for word in (commandline -opc)[2..-1]
                    if test $value = yes
                        set value no
                    else if contains -- $word @OPTIONS@
                        set value yes
                    else if not string match -q -- '-*' $word
                        switch $word
                            case help; continue
            @ALIASES@
                        end
                        set -a words $word
                    end
                end
                if test "$argv[1]" = --exactly
                    test "$words" = "$argv[2..-1]"
                else
                    string match -q -- "$argv *" "$words "
                end
            end
            """;

    private final List<String> lines = new ArrayList<>();
    private final TreeSet<String> withValue = new TreeSet<>();
    private final TreeSet<String> aliases = new TreeSet<>();

    private FishCompletion() {}

    static String of(CommandLine root) {
        var script = new FishCompletion();
        script.walk(root, "");
        var aliases = script.aliases.stream().map(" ".repeat(16)::concat).collect(Collectors.joining("\n"));
        return POSITION.replace("@OPTIONS@", String.join(" ", script.withValue)).replace("@ALIASES@", aliases)
                + "complete -c osm -f\n"
                + script.lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void walk(CommandLine command, String path) {
        var children = command.getSubcommands().values().stream().distinct().toList();
        var here = "__osm_at" + (children.isEmpty() ? "" : " --exactly") + path;
        for (var child : children) {
            line(here, " -a " + quoted(child.getCommandName()), summary(child));
            for (var alias : child.getCommandSpec().aliases()) {
                aliases.add("case " + alias + "; set word " + child.getCommandName());
            }
        }
        for (var option : command.getCommandSpec().options()) {
            line(here, names(option), String.join(" ", option.description()));
        }
        for (var parameter : command.getCommandSpec().positionalParameters()) {
            if (!words(parameter).isEmpty()) {
                line(here, " -a " + quoted(words(parameter)), String.join(" ", parameter.description()));
            }
        }
        children.forEach(child -> walk(child, path + " " + child.getCommandName()));
    }

    private void line(String condition, String what, String description) {
        lines.add("complete -c osm -n %s%s -d %s".formatted(quoted(condition), what, quoted(description)));
    }

    private String names(OptionSpec option) {
        var words = new StringBuilder();
        for (var name : option.names()) {
            words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().min() == 0) {
            return words.toString();
        }
        withValue.addAll(List.of(option.names()));
        var isFile = option.type() == Path.class || option.type() == File.class;
        var values = words(option);
        return words + (isFile ? " -rF" : values.isEmpty() ? " -x" : " -x -a " + quoted(values));
    }

    /** What may stand there, if it is one of a few words. */
    private static String words(ArgSpec argument) {
        var candidates = argument.completionCandidates();
        return candidates == null
                ? ""
                : StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" "));
    }

    private static String summary(CommandLine command) {
        var description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
