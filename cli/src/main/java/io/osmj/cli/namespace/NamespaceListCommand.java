package io.osmj.cli.namespace;

import io.osmj.cli.mesh.Listed;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Output;
import io.osmj.cli.view.Table;
import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osm namespace list}. */
@Command(name = "list", description = "List the namespaces of one mesh or of all.")
public final class NamespaceListCommand implements Callable<Integer> {
    /** One line of the list. */
    record Member(String namespace, String mesh, String sidecarInjection) {}

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--mesh-name", paramLabel = "NAME", description = "Name of the mesh (default: any).")
    private String meshName = "";

    @Parameters(arity = "0..1", paramLabel = "MESH", description = "Name of the mesh, as with --mesh-name.")
    private @Nullable String mesh;

    public NamespaceListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var wanted = mesh == null ? meshName : mesh;
        var selector = wanted.isEmpty() ? Labels.MONITORED_BY : Labels.MONITORED_BY + "=" + wanted;
        var members = Listed.at(session.plainClient(), "/api/v1/namespaces", selector).stream()
                .map(NamespaceListCommand::read)
                .toList();
        output.print(session, lines(members, wanted), members);
        return 0;
    }

    private static List<String> lines(List<Member> members, String mesh) {
        if (members.isEmpty()) {
            return List.of(mesh.isEmpty() ? "No namespaces in any mesh" : "No namespaces in mesh [%s]".formatted(mesh));
        }
        var table = new Table("NAMESPACE", "MESH", "SIDECAR-INJECTION");
        members.forEach(member -> table.row(member.namespace(), member.mesh(), member.sidecarInjection()));
        return table.lines();
    }

    private static Member read(Listed namespace) {
        return new Member(namespace.name(), namespace.label(Labels.MONITORED_BY).orElse(""), injection(namespace));
    }

    private static String injection(Listed namespace) {
        if (namespace.label(Labels.IGNORE).isPresent()) {
            return "disabled (ignored)";
        }
        return namespace.label(Labels.CONTROL_PLANE).isPresent()
                ? "disabled (label control-plane)"
                : namespace.annotation(Annotations.SIDECAR_INJECTION).orElse("-");
    }
}
