package io.osmj.cli.namespace;

import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osm namespace add|remove|ignore}; {@code list} is {@link NamespaceListCommand}. */
@Command(name = "namespace", aliases = "ns", synopsisSubcommandLabel = "COMMAND")
public final class NamespaceCommand {
    private final Session session;

    public NamespaceCommand(Session session) {
        this.session = session;
    }

    @Command(name = "add", description = "Add namespaces to a mesh.")
    int add(
            @Option(
                            names = "--mesh-name",
                            defaultValue = "osm",
                            paramLabel = "NAME",
                            description = "Name of the mesh (default: osm).")
                    String mesh,
            @Option(
                            names = "--disable-sidecar-injection",
                            description = "Give the pods created from now on no sidecar.")
                    boolean disabled,
            @Parameters(arity = "1..*", paramLabel = "NAMESPACE", description = "Namespaces to add.")
                    List<String> names) {
        new Meshes(session.client()).require(mesh);
        var membership = new Membership(session.client());
        names.forEach(name -> session.out().println(membership.add(name, mesh, !disabled)));
        return 0;
    }

    @Command(name = "remove", description = "Remove a namespace from a mesh.")
    int remove(
            @Option(
                            names = "--mesh-name",
                            defaultValue = "osm",
                            paramLabel = "NAME",
                            description = "Name of the mesh (default: osm).")
                    String mesh,
            @Parameters(paramLabel = "NAMESPACE", description = "Namespace to remove.") String name) {
        session.out().println(new Membership(session.client()).remove(name, mesh));
        return 0;
    }

    @Command(name = "ignore", description = "Keep the webhooks of every mesh away from namespaces.")
    int ignore(
            @Parameters(arity = "1..*", paramLabel = "NAMESPACE", description = "Namespaces to leave alone.")
                    List<String> names) {
        var membership = new Membership(session.client());
        names.forEach(name -> session.out().println(membership.ignore(name)));
        return 0;
    }
}
