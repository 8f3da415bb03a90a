package io.osmj.cli;

import io.osmj.cli.session.GlobalOptions;
import io.osmj.cli.session.Paint;
import io.osmj.cli.session.Session;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code osm}: its commands, and how the words of the command line reach them. */
@Command(name = "osm", description = "Install and manage Open Service Mesh")
public final class Osm extends Group {
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
            if (Commands.askUsualCluster(arguments)) {
                session.begin();
            }
            return commandLine(options, session, arguments).execute(arguments);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static CommandLine commandLine(GlobalOptions options, Session session, String... arguments) {
        var root = new CommandLine(new Osm(options));
        Commands.addTo(root, session, arguments);
        root.setOut(session.out());
        root.setErr(session.err());
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpAutoWidth(true);
        root.setParameterExceptionHandler(Faults::inArguments);
        root.setExecutionExceptionHandler(new Faults(session));
        return root;
    }

    /** The options of all commands. */
    GlobalOptions options() {
        return options;
    }
}
