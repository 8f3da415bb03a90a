package io.osmj.cli;

import io.osmj.cli.session.Paint;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of the command as a user sees it.
 *
 * @param exitCode 0 for success
 * @param out what it printed
 * @param err what it printed on the error stream
 */
public record CommandLineRun(int exitCode, String out, String err) {
    /** Runs the command; nobody answers its questions. */
    public static CommandLineRun of(String... arguments) {
        return answering("", arguments);
    }

    /** Runs the command with something to read. */
    public static CommandLineRun answering(String input, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Osm.run(
                new BufferedReader(new StringReader(input)),
                new PrintWriter(out),
                new PrintWriter(err),
                Paint.PLAIN,
                arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** The lines that were printed. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
