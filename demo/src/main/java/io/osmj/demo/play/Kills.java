package io.osmj.demo.play;

import static io.osmj.demo.play.Judge.AS_ALLOWED;
import static io.osmj.demo.play.Judge.LIMIT;
import static io.osmj.demo.play.Judge.SHOP_STOCK;
import static io.osmj.demo.play.Judge.VISITOR_SHOP;
import static io.osmj.demo.play.Judge.VISITOR_STOCK;
import static io.osmj.demo.play.Judge.since;

import io.osmj.demo.program.Program;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.scene.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The steps that kill a process, look what the mesh does about it, and start it again. */
final class Kills {
    private static final int ANSWERS_WHILE_DEAD = 12;

    private final Scene scene;
    private final Judge judge;
    private final Duration shown;
    private final Supplier<Outcome> allow;

    /**
     * The steps.
     *
     * @param shown how long what was killed stays dead at least, so that somebody can look at it
     * @param allow what comes first, so that there are answers of both kinds
     */
    Kills(Scene scene, Judge judge, Duration shown, Supplier<Outcome> allow) {
        this.scene = scene;
        this.judge = judge;
        this.shown = shown;
        this.allow = allow;
    }

    Outcome controlPlane() {
        Outcome before = allow.get();
        if (!before.held()) {
            return before;
        }
        long killed = System.nanoTime();
        scene.controlPlane().program().kill();
        // An edit that nobody reads yet.
        scene.folder().allow(List.of(SHOP_STOCK));
        boolean steady = staysAsAllowed(killed);
        scene.controlPlane().restart();
        if (!steady) {
            return new Outcome(false, "control plane killed", judge.changed(), since(killed));
        }
        Expected edited = new Expected(Map.of(SHOP_STOCK, 200, VISITOR_SHOP, 403, VISITOR_STOCK, 403));
        Outcome after = judge.reach(
                "control plane killed, no answer changed; back, it applied what was edited meanwhile", edited, killed);
        if (!after.held()) {
            return after;
        }
        Outcome back = allow.get();
        return back.held() ? after : back;
    }

    private boolean staysAsAllowed(long start) {
        return Waiting.until(
                        LIMIT,
                        () -> AS_ALLOWED.answered(scene.answers(), start, ANSWERS_WHILE_DEAD)
                                && since(start).compareTo(shown) >= 0)
                && AS_ALLOWED.kept(scene.answers(), start);
    }

    Outcome sidecar() {
        return andBack(
                scene.sidecar("stock"),
                "Envoy of stock killed, stock is cut off, visitor → shop went on; back, as before");
    }

    Outcome application() {
        String who = scene.throughDapr() ? "its daprd" : "its Envoy";
        return andBack(
                scene.application("stock"),
                "stock killed, " + who + " answered " + missed() + ", visitor → shop went on; back, as before");
    }

    Outcome daprd() {
        return andBack(
                scene.daprd("stock"),
                "daprd of stock killed, stock is cut off, visitor → shop went on; back, as before");
    }

    /** What a caller gets whose callee is not there: Envoy's word, or daprd's, which tries for three seconds before. */
    private int missed() {
        return scene.throughDapr() ? 500 : 503;
    }

    private Outcome andBack(Program program, String text) {
        Outcome before = allow.get();
        if (!before.held()) {
            return before;
        }
        long killed = System.nanoTime();
        program.kill();
        Outcome dead = judge.reach(text, new Expected(Map.of(SHOP_STOCK, missed(), VISITOR_SHOP, 200)), killed);
        Waiting.until(shown, () -> since(killed).compareTo(shown) >= 0);
        boolean othersGoOn = new Expected(Map.of(VISITOR_SHOP, 200)).kept(scene.answers(), killed);
        program.start();
        if (!dead.held() || !othersGoOn) {
            return dead.held() ? new Outcome(false, text, "visitor → shop was disturbed", dead.took()) : dead;
        }
        Outcome back = judge.reach(text, AS_ALLOWED, System.nanoTime());
        return new Outcome(back.held(), text, back.answers(), since(killed));
    }
}
