package io.osmj.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.cli.session.ClusterFault;
import io.osmj.cli.session.Session;
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

    private String message(Exception fault) {
        if (!(fault instanceof KubernetesClientException)) {
            return fault.getMessage() == null
                    ? fault.toString()
                    : fault.getMessage().strip();
        }
        var reason = ClusterFault.reason(fault, session.config());
        return ClusterFault.unreached(fault)
                ? "Could not access Kubernetes cluster, check kubeconfig: " + reason
                : reason;
    }
}
