package io.osmj.demo;

import io.osmj.demo.folder.Member;
import io.osmj.demo.place.Interception;
import io.osmj.demo.place.LocalListeners;
import io.osmj.demo.place.Namespaces;
import io.osmj.demo.place.OwnFolder;
import io.osmj.demo.place.OwnRun;
import io.osmj.demo.place.Place;
import io.osmj.demo.play.Outcome;
import io.osmj.demo.play.Play;
import io.osmj.demo.play.Step;
import io.osmj.demo.scene.Dapr;
import io.osmj.demo.scene.Launch;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.view.Show;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--daprd", description = "The daprd to put between applications and Envoys; needs namespaces.")
    private @Nullable Path daprd;

    @Option(names = "--once", description = "Play all steps, print a line for each, and end.")
    private boolean once;

    @Option(names = "--interception", required = true, description = "One of: ${COMPLETION-CANDIDATES}.")
    private Interception interception = Interception.NAMESPACES;

    @Option(names = "--because", required = true, description = "Why it is this one.")
    private String because = "";

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
        return switch (interception) {
            case NAMESPACES -> {
                Path work = OwnRun.mount();
                yield show(work, new Namespaces(work), OwnRun.reachable(envoy, work), () -> {});
            }
            case LISTENERS -> {
                OwnFolder folder = OwnFolder.take();
                yield show(folder.path(), LocalListeners.take(folder.owner()), envoy, folder::close);
            }
        };
    }

    private int show(Path work, Place place, Path program, Runnable removal) throws InterruptedException {
        List<Member> cast = Cast.at(place);
        Optional<Dapr> dapr = Optional.ofNullable(daprd).map(file -> new Dapr(file, work));
        dapr.ifPresent(_ -> OwnRun.hosts(Dapr.hosts(cast)));
        Scene scene = new Scene(work, place, new Launch(java, program), cast, dapr);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            scene.close();
            removal.run();
        }));
        List<String> setting =
                List.of(place.description() + (dapr.isPresent() ? ", a daprd in each pod" : ""), because);
        if (once) {
            out.println("- " + String.join(": ", setting));
            scene.start();
            return playAll(new Play(scene, Duration.ZERO).steps());
        }
        Show.run(scene, new Play(scene, LOOK), setting, colours);
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
