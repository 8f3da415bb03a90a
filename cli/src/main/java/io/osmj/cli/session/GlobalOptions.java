package io.osmj.cli.session;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, wherever they stand on the command line. */
public final class GlobalOptions {
    @Option(
            names = "--osm-namespace",
            paramLabel = "NAMESPACE",
            scope = ScopeType.INHERIT,
            description = "Namespace of the control plane (default: osm-system).")
    private @Nullable String osmNamespace;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Tell more, as lines that begin with [debug].")
    private boolean verbose;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Kubeconfig to use (default: what KUBECONFIG names, or ~/.kube/config).")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Context of the kubeconfig to use (default: its current one).")
    private @Nullable String context;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show how the command is used.")
    @SuppressWarnings("UnusedVariable") // picocli alone looks at it
    private boolean help;

    /** The namespace of the control plane. */
    public String osmNamespace() {
        return givenOsmNamespace().orElse("osm-system");
    }

    /** The same where the command line names it. */
    public Optional<String> givenOsmNamespace() {
        return Optional.ofNullable(osmNamespace);
    }

    public boolean verbose() {
        return verbose;
    }

    public Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfig);
    }

    public Optional<String> context() {
        return Optional.ofNullable(context);
    }
}
