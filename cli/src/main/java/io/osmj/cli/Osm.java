package io.osmj.cli;

import io.osmj.cli.check.CheckCommand;
import io.osmj.cli.completion.CompletionCommand;
import io.osmj.cli.install.InstallCommand;
import io.osmj.cli.install.UninstallMeshCommand;
import io.osmj.cli.mesh.MeshListCommand;
import io.osmj.cli.namespace.NamespaceCommand;
import io.osmj.cli.namespace.NamespaceListCommand;
import io.osmj.cli.proxy.ProxyGetCommand;
import io.osmj.cli.session.GlobalOptions;
import io.osmj.cli.session.Paint;
import io.osmj.cli.session.Session;
import io.osmj.cli.version.VersionCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code osm}: its commands, and how the words of the command line reach them. */
@Command(name = "osm", description = "Install and manage Open Service Mesh", synopsisSubcommandLabel = "COMMAND")
public final class Osm {
    /** A group of commands that does nothing itself. */
    @Command(synopsisSubcommandLabel = "COMMAND")
    private static final class Group {}

    @Mixin
    private final GlobalOptions options;

    private Osm(GlobalOptions options) {
        this.options = options;
    }

    /** Runs one command and ends the process with its exit code: 0 when it did what it was told, else 1. */
    public static void main(String[] arguments) {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(in, out, err, Paint.ofThisProcess(), arguments));
    }

    /** Runs one command and returns its exit code. */
    public static int run(BufferedReader in, PrintWriter out, PrintWriter err, Paint paint, String... arguments) {
        var options = new GlobalOptions();
        try (var session = new Session(options, in, out, err, paint)) {
            return commandLine(options, session).execute(arguments);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static CommandLine commandLine(GlobalOptions options, Session session) {
        var root = new CommandLine(new Osm(options));
        root.addSubcommand(new InstallCommand(session));
        root.addSubcommand(group("uninstall", "Remove a control plane.", "delete", "del")
                .addSubcommand(new UninstallMeshCommand(session)));
        root.addSubcommand(group("mesh", "Look at the control planes.").addSubcommand(new MeshListCommand(session)));
        root.addSubcommand(
                new CommandLine(new NamespaceCommand(session)).addSubcommand(new NamespaceListCommand(session)));
        root.addSubcommand(group("proxy", "Look into sidecars.").addSubcommand(new ProxyGetCommand(session)));
        root.addSubcommand(new CheckCommand(session));
        root.addSubcommand(new VersionCommand(session));
        root.addSubcommand(new CompletionCommand(session));
        root.setOut(session.out());
        root.setErr(session.err());
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpAutoWidth(true);
        root.setParameterExceptionHandler(Faults::inArguments);
        root.setExecutionExceptionHandler(new Faults(session));
        return root;
    }

    private static CommandLine group(String name, String description, String... aliases) {
        var command = new CommandLine(new Group());
        command.getCommandSpec().name(name).aliases(aliases).usageMessage().description(description);
        return command;
    }

    /** The options of all commands. */
    GlobalOptions options() {
        return options;
    }
}
