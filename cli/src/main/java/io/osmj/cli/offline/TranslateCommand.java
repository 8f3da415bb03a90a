package io.osmj.cli.offline;

import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.xds.render.Renderer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm translate}. */
@Command(
        name = "translate",
        description = {
            "Show what the control plane makes of a folder of YAML, stage by stage: the state it sees, the model of the mesh,"
                    + " the plan of each proxy, and the resources its Envoy gets.",
            "What is wrong with the folder is printed on the error stream; osm validate makes a verdict of it."
        })
public final class TranslateCommand implements Callable<Integer> {
    /** A stage of the pipeline. In lower case, because these are words of the command line. */
    public enum Stage {
        state,
        model,
        plan,
        envoy
    }

    /** How the stages are written. In lower case as above. */
    public enum Format {
        yaml,
        json
    }

    private final Session session;

    @Mixin
    private final FolderOption folder = new FolderOption();

    @Option(
            names = "--proxy",
            paramLabel = "NAMESPACE/POD",
            description = "Only this pod's plan and resources, and neither state nor model.")
    private @Nullable String proxy;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            split = ",",
            description = "Only these stages: state, model, plan, envoy (default: all).")
    private Set<Stage> stages = EnumSet.noneOf(Stage.class);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print: yaml or json (default: yaml).")
    private Format format = Format.yaml;

    public TranslateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Pipeline pipeline = folder.read(session);
        Map<String, Object> shown = stages(pipeline, plans(pipeline));
        session.out().print(format == Format.yaml ? Printed.yaml(shown) : Printed.json(shown) + "\n");
        session.out().flush();
        pipeline.problems().forEach(problem -> session.err().println(problem));
        return 0;
    }

    private SortedMap<String, ProxyPlan> plans(Pipeline pipeline) {
        if (proxy == null) {
            return pipeline.plans();
        }
        ProxyPlan plan = pipeline.plans().get(proxy);
        if (plan == null) {
            String reason = pipeline.seen().withoutSidecar().get(proxy);
            throw new Failure(
                    reason == null
                            ? "there is no pod " + proxy + " with a sidecar in " + folder.path() + "; there are "
                                    + String.join(", ", pipeline.plans().keySet())
                            : "the pod " + proxy + " has no sidecar: " + reason);
        }
        return new TreeMap<>(Map.of(proxy, plan));
    }

    private Map<String, Object> stages(Pipeline pipeline, SortedMap<String, ProxyPlan> plans) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (wants(Stage.state, proxy == null)) {
            shown.put("state", pipeline.state());
        }
        if (wants(Stage.model, proxy == null)) {
            shown.put("model", pipeline.model());
        }
        if (wants(Stage.plan, true)) {
            shown.put("plan", plans);
        }
        if (wants(Stage.envoy, true)) {
            Map<String, Object> rendered = new LinkedHashMap<>();
            plans.forEach((pod, plan) -> rendered.put(pod, Printed.tree(Renderer.render(plan))));
            shown.put("envoy", rendered);
        }
        return shown;
    }

    private boolean wants(Stage stage, boolean usually) {
        return stages.isEmpty() ? usually : stages.contains(stage);
    }
}
