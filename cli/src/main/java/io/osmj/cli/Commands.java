package io.osmj.cli;

import io.osmj.cli.check.CheckCommand;
import io.osmj.cli.completion.CompletionCommand;
import io.osmj.cli.demo.DemoCommand;
import io.osmj.cli.install.InstallCommand;
import io.osmj.cli.install.UninstallMeshCommand;
import io.osmj.cli.mesh.MeshListCommand;
import io.osmj.cli.namespace.NamespaceCommand;
import io.osmj.cli.namespace.NamespaceListCommand;
import io.osmj.cli.offline.TranslateCommand;
import io.osmj.cli.offline.ValidateCommand;
import io.osmj.cli.policy.PolicyTestCommand;
import io.osmj.cli.policy.WhyCommand;
import io.osmj.cli.proxy.ProxyGetCommand;
import io.osmj.cli.session.Session;
import io.osmj.cli.version.VersionCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands below {@code osm}. Only those whose names stand on the command line are read with all their options; of the
 * others their names are enough for the list of commands, and reading them takes longer than most commands run.
 */
final class Commands {
    private static final String COMPLETION = "completion";
    private static final Set<String> ASKING = Set.of("version", "mesh", "namespace", "ns", "check", "proxy");
    private static final Set<String> OTHERWISE =
            Set.of("--kubeconfig", "--context", "--client-only", "--version-only", "--help", "-h");

    /** A command by itself or with its own below it. */
    private record Entry(List<String> names, String description, Function<Session, CommandLine> command) {
        CommandLine named(CommandLine made) {
            var spec = made.getCommandSpec();
            spec.name(names.getFirst()).aliases(names.stream().skip(1).toArray(String[]::new));
            spec.usageMessage().description(description);
            return made;
        }
    }

    private static final List<Entry> ALL = List.of(
            entry("install", "Install the control plane.", session -> new CommandLine(new InstallCommand(session))),
            entry(
                    "uninstall,delete,del",
                    "Remove a control plane.",
                    session -> group(new UninstallMeshCommand(session))),
            entry("mesh", "Look at the control planes.", session -> group(new MeshListCommand(session))),
            entry(
                    "namespace,ns",
                    "Add namespaces to a mesh, remove them, list them.",
                    session -> new CommandLine(new NamespaceCommand(session))
                            .addSubcommand(new NamespaceListCommand(session))),
            entry("proxy", "Look into sidecars.", session -> group(new ProxyGetCommand(session))),
            entry(
                    "check",
                    "Check whether the mesh works, and say what to do where it does not.",
                    session -> new CommandLine(new CheckCommand(session))),
            entry(
                    "translate",
                    "Show what the control plane makes of a folder of YAML, stage by stage.",
                    session -> new CommandLine(new TranslateCommand(session))),
            entry(
                    "validate",
                    "Find what is wrong with a folder of YAML, each with file and line.",
                    session -> new CommandLine(new ValidateCommand(session))),
            entry(
                    "policy",
                    "Explain and test who may call whom, on a folder of YAML.",
                    session -> group(new WhyCommand(session)).addSubcommand(new PolicyTestCommand(session))),
            entry(
                    "demo",
                    "Show a mesh at work on this machine, without a cluster.",
                    session -> new CommandLine(new DemoCommand(session))),
            entry(
                    "version",
                    "Show the versions of this command and of the control planes.",
                    session -> new CommandLine(new VersionCommand(session))),
            entry(
                    COMPLETION,
                    "Print a script that completes this command in a shell.",
                    session -> new CommandLine(new CompletionCommand(session))),
            entry("help", "Show how a command is used.", session -> new CommandLine(new HelpCommand())));

    private Commands() {}

    /** Adds all commands, those that the arguments may mean in full. */
    static void addTo(CommandLine root, Session session, String... arguments) {
        var words = new TreeSet<>(Arrays.asList(arguments));
        for (var entry : ALL) {
            root.addSubcommand(entry.named(meant(entry, words) ? entry.command().apply(session) : nameOnly()));
        }
    }

    /** Whether a command asks a cluster, and the options leave it to the environment which. */
    static boolean askUsualCluster(String... arguments) {
        return arguments.length > 0
                && ASKING.contains(arguments[0])
                && Arrays.stream(arguments).noneMatch(word -> OTHERWISE.stream().anyMatch(word::startsWith));
    }

    private static boolean meant(Entry entry, Set<String> words) {
        return words.contains(COMPLETION) || entry.names().stream().anyMatch(words::contains);
    }

    private static CommandLine nameOnly() {
        return new CommandLine(CommandSpec.create());
    }

    private static CommandLine group(Object command) {
        return new CommandLine(new Group()).addSubcommand(command);
    }

    private static Entry entry(String names, String description, Function<Session, CommandLine> command) {
        return new Entry(Stream.of(names.split(",", -1)).toList(), description, command);
    }
}
