package io.osmj.demo.play;

import io.osmj.demo.program.Program;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.scene.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Does for the demo's programs what the kubelet does for containers: what ends otherwise than by a step is started again, after
 * a while in which somebody can look at what the mesh does without it.
 */
public final class Keeper {
    private final Scene scene;
    private final Duration shown;
    private final Consumer<String> news;
    private final Map<Program, Long> lost = new HashMap<>();

    /**
     * A keeper that looks at nothing yet.
     *
     * @param shown how long what is lost stays so
     * @param news told what was lost, and that it is back
     */
    public Keeper(Scene scene, Duration shown, Consumer<String> news) {
        this.scene = scene;
        this.shown = shown;
        this.news = news;
    }

    /** Looks after the programs until the demo ends. */
    public void run() {
        while (true) {
            for (Program program : scene.programs()) {
                program.lost().ifPresentOrElse(how -> lost(program, how), () -> lost.remove(program));
            }
            Waiting.aMoment();
        }
    }

    private void lost(Program program, String how) {
        Long since = lost.putIfAbsent(program, System.nanoTime());
        if (since == null) {
            news.accept("× " + program.name() + " " + how + ": " + program.without());
        } else if (System.nanoTime() - since > shown.toNanos()) {
            revive(program);
        }
    }

    private void revive(Program program) {
        try {
            scene.revive(program);
            news.accept("✓ " + program.name() + " started again");
        } catch (IllegalStateException | UncheckedIOException e) {
            news.accept("× " + e.getMessage());
        }
        lost.remove(program);
    }
}
