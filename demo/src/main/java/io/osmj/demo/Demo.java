package io.osmj.demo;

import io.osmj.demo.place.Namespaces;
import io.osmj.demo.place.OwnRun;
import io.osmj.demo.play.Outcome;
import io.osmj.demo.play.Play;
import io.osmj.demo.play.Step;
import io.osmj.demo.scene.Launch;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.view.Show;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the demo where {@code osm demo} has made a place for it: in namespaces of its own, or on this machine's loopback. It
 * ends everything that it started when it ends.
 */
@Command(name = "osm-demo")
public final class Demo implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(6);

    @Option(names = "--envoy", required = true, description = "The Envoy program.")
    private Path envoy = Path.of("");

    @Option(names = "--java", required = true, description = "The Java launcher.")
    private Path java = Path.of("");

    @Option(names = "--once", description = "Play all steps, print a line for each, and end.")
    private boolean once;

    @Option(names = "--colours", description = "Use colours.")
    private boolean colours;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Runs the demo; ends with 0 if all was as it must be. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo())
                .setExecutionExceptionHandler((fault, command, _) -> {
                    command.getErr().println("Error: " + fault.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        Path work = OwnRun.mount();
        Launch launch = new Launch(java, OwnRun.reachable(envoy, work));
        Scene scene = new Scene(work, new Namespaces(work), launch, Cast.MEMBERS);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(scene::close));
        if (once) {
            scene.start();
            out.println("- " + scene.description());
            return playAll(new Play(scene, Duration.ZERO).steps());
        }
        Show.run(scene, new Play(scene, LOOK), colours);
        return 0;
    }

    private int playAll(List<Step> steps) {
        boolean held = true;
        for (Step step : steps) {
            Outcome outcome = step.action().get();
            out.println(outcome.line());
            held &= outcome.held();
        }
        return held ? 0 : 1;
    }
}
