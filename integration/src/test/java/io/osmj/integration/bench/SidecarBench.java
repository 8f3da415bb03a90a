package io.osmj.integration.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The program behind {@code scripts/bench sidecar}: the same load through our sidecars, through the leanest that can be written
 * by hand, and through none, in turn. It has to be root in namespaces of its own, and all that it starts ends with them.
 */
@Command(name = "bench sidecar", mixinStandardHelpOptions = true, description = "Measures the data plane.")
public final class SidecarBench implements Callable<Integer> {
    @Mixin
    private final LoadScale scale = new LoadScale();

    public static void main(String[] args) {
        System.exit(new CommandLine(new SidecarBench()).execute(args));
    }

    @Override
    public Integer call() {
        if (scale.called + scale.further > scale.services) {
            System.err.println("--called and --further together are more than --services");
            return 2;
        }
        Figures figures = new Figures(scale.conditions(), System.out);
        figures.tell("machine.speed", MachineSpeed.milliseconds(), "ms for a million words");
        Figures.progress("starting the control plane, the sidecars and the applications");
        try (ThreeWays ways = new ThreeWays(scale)) {
            if (scale.wants("load")) {
                LoadComparison.run(scale, ways, figures);
            }
            if (scale.wants("memory")) {
                MemoryComparison.run(scale, ways, figures);
            }
        }
        return 0;
    }
}
