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
    /** Shells that are known. */
    public enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        session.out()
                .print(
                        switch (shell) {
                            case BASH -> AutoComplete.bash("osm", root);
                            // picocli's script is for both; zsh first learns bash's way to complete.
                            case ZSH ->
                                "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                                        + AutoComplete.bash("osm", root);
                            case FISH -> FishCompletion.of(root);
                        });
        return 0;
    }
}
