package io.osmj.cli.completion;

import io.osmj.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osm completion}. */
@Command(
        name = "completion",
        footer = {"", "bash, zsh: source <(osm completion bash)", "fish:      osm completion fish | source"})
public final class CompletionCommand implements Callable<Integer> {
    /** Shells that are known. In lower case, because these are words of the command line. */
    public enum Shell {
        bash,
        zsh,
        fish
    }

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.bash;

    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        session.out()
                .print(
                        switch (shell) {
                            case bash -> AutoComplete.bash("osm", root);
                            // picocli's script is for both; zsh first learns bash's way to complete.
                            case zsh ->
                                "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                                        + AutoComplete.bash("osm", root);
                            case fish -> FishCompletion.of(root);
                        });
        return 0;
    }
}
