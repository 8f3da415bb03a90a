package io.osmj.cli;

import io.osmj.cli.session.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osm help}: the same as {@code --help} after a command. */
@Command(name = "help")
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, such as mesh list.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        var command = spec.root().commandLine();
        for (var word : words) {
            command = below(command, word);
        }
        command.usage(command.getOut());
        return 0;
    }

    private static CommandLine below(CommandLine command, String word) {
        var below = command.getSubcommands().get(word);
        if (below == null) {
            throw new Failure("there is no command [%s %s]"
                    .formatted(command.getCommandSpec().qualifiedName(), word));
        }
        return below;
    }
}
