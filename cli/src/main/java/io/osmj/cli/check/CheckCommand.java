package io.osmj.cli.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm check}. Exits with 1 when something fails; a warning is no failure. */
@Command(
        name = "check",
        footer = {"", "Exit code 1 when a check fails; warnings (‼) do not count."})
public final class CheckCommand implements Callable<Integer> {
    /** All findings, in the shape that {@code linkerd check -o json} has. */
    record Outcome(
            @JsonProperty("success") boolean success,
            @JsonProperty("categories") List<Category> categories) {}

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--mesh-name",
            paramLabel = "NAME",
            defaultValue = "osm",
            description = "Name of the mesh (default: osm).")
    private String meshName = "osm";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Look at the pods of this namespace only (default: of all namespaces of the mesh).")
    private String namespace = "";

    public CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var report = new Report(session.paint());
        var shown = output.format() == Output.Format.table;
        var categories = new ArrayList<Category>();
        var around = new Surroundings(session, meshName, namespace);
        // What comes later presumes the first two: without them it would only say the same in other words.
        for (var check : Stream.<Supplier<Category>>of(
                        new ApiServerCheck(around)::run,
                        new ControlPlaneCheck(around)::run,
                        new KindsCheck(around)::run,
                        new WebhookCheck(around)::run,
                        new MeshConfigCheck(around)::run,
                        new DataPlaneCheck(around)::run,
                        new DaprCheck(around)::run)
                .toList()) {
            var category = check.get();
            categories.add(category);
            if (shown) {
                report.lines(category).forEach(session.out()::println);
                session.out().flush();
            }
            if (around.hopeless()) {
                break;
            }
        }
        var success = categories.stream().noneMatch(Category::failed);
        output.print(session, List.of(report.conclusion(success)), new Outcome(success, categories));
        return success ? 0 : 1;
    }
}
