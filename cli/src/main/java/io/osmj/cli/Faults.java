package io.osmj.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.Session;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the user reads when a command fails: {@code Error: ...} on the error stream, and exit code 1, whatever it was. */
final class Faults implements IExecutionExceptionHandler {
    private static final int FAILED = 1;
    private final Session session;

    Faults(Session session) {
        this.session = session;
    }

    /** The command line cannot be understood. */
    static int inArguments(ParameterException fault, String[] arguments) {
        var command = fault.getCommandLine();
        command.getErr().println("Error: " + fault.getMessage());
        command.getErr()
                .println("Run '%s --help' for usage."
                        .formatted(command.getCommandSpec().qualifiedName()));
        return FAILED;
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) {
        session.out().flush();
        session.err().println("Error: " + message(fault));
        if (session.options().verbose()) {
            fault.printStackTrace(session.err());
        }
        return FAILED;
    }

    private static String message(Exception fault) {
        if (fault instanceof KubernetesClientException refused && unreachable(refused)) {
            return "Could not access Kubernetes cluster, check kubeconfig: " + root(fault);
        }
        return fault.getMessage() == null
                ? fault.toString()
                : fault.getMessage().strip();
    }

    private static boolean unreachable(KubernetesClientException fault) {
        return fault.getStatus() == null
                && Stream.iterate(fault, Objects::nonNull, Throwable::getCause).anyMatch(IOException.class::isInstance);
    }

    private static Throwable root(Throwable fault) {
        var cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
