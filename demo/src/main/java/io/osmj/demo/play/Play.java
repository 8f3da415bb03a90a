package io.osmj.demo.play;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.program.Program;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.scene.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All steps, played one at a time. */
public final class Play {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ANSWERS_WHILE_DEAD = 12;
    private static final Edge SHOP_STOCK = new Edge("shop", "stock");
    private static final Edge VISITOR_SHOP = new Edge("visitor", "shop");
    private static final Edge VISITOR_STOCK = new Edge("visitor", "stock");
    private static final List<Edge> ALLOWED = List.of(SHOP_STOCK, VISITOR_SHOP);
    private static final String NEXT_STOCK = "stock-v2";
    private static final Proportion SPLIT = new Proportion(SHOP_STOCK, NEXT_STOCK, 20);
    private static final Expected AS_ALLOWED =
            new Expected(Map.of(SHOP_STOCK, 200, VISITOR_SHOP, 200, VISITOR_STOCK, 403));

    private final Scene scene;
    private final Duration shown;

    /**
     * The steps of a scene.
     *
     * @param shown how long what was killed stays dead at least, so that somebody can look at it
     */
    public Play(Scene scene, Duration shown) {
        this.scene = scene;
        this.shown = shown;
    }

    /** The steps in the order in which they make a story. */
    public List<Step> steps() {
        return List.of(
                new Step("p", "permissive", this::permissive),
                new Step("s", "strict", this::strict),
                new Step("a", "allow", this::allow),
                new Step("t", "split 80/20", this::split),
                new Step("r", "rotate root", this::rotate),
                new Step("c", "kill control plane", this::killControlPlane),
                new Step("e", "kill stock's Envoy", this::killSidecar),
                new Step("x", "kill stock", this::killApplication));
    }

    private Outcome permissive() {
        long start = System.nanoTime();
        apply(true, List.of());
        return reach("permissive mode, everybody may call everybody", all(200), start);
    }

    private Outcome strict() {
        long start = System.nanoTime();
        apply(false, List.of());
        return reach("strict mode without a TrafficTarget, nobody may call anybody", all(403), start);
    }

    private Outcome allow() {
        long start = System.nanoTime();
        apply(false, ALLOWED);
        return reach("two TrafficTargets, what they name is allowed", AS_ALLOWED, start);
    }

    private void apply(boolean permissive, List<Edge> allowed) {
        scene.folder().unite();
        scene.folder().allow(allowed);
        scene.folder().permissive(permissive);
    }

    private Outcome split() {
        Outcome before = allow();
        if (!before.held()) {
            return before;
        }
        long start = System.nanoTime();
        scene.folder().allow(List.of(SHOP_STOCK, VISITOR_SHOP, new Edge("shop", NEXT_STOCK)));
        scene.folder().split("stock", Map.of("stock", 80, NEXT_STOCK, 20));
        boolean held = Waiting.until(LIMIT, () -> SPLIT.reached(scene.answers(), start))
                && AS_ALLOWED.reached(scene.answers(), start);
        return new Outcome(
                held,
                "TrafficSplit, stock answers 80 % of its calls and stock-v2 20 %",
                SPLIT.actual(scene.answers()) + ", " + AS_ALLOWED.actual(scene.answers()),
                since(start));
    }

    private Outcome rotate() {
        Outcome before = allow();
        if (!before.held()) {
            return before;
        }
        long start = System.nanoTime();
        String fault = new Rotation(scene).run();
        boolean kept = AS_ALLOWED.kept(scene.answers(), start);
        if (!fault.isEmpty() || !kept) {
            return new Outcome(false, "root of trust rotated", fault.isEmpty() ? changed() : fault, since(start));
        }
        return reach("root of trust rotated, every certificate is new, no answer changed", AS_ALLOWED, start);
    }

    private Outcome killControlPlane() {
        Outcome before = allow();
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
            return new Outcome(false, "control plane killed", changed(), since(killed));
        }
        Expected edited = new Expected(Map.of(SHOP_STOCK, 200, VISITOR_SHOP, 403, VISITOR_STOCK, 403));
        Outcome after = reach(
                "control plane killed, no answer changed; back, it applied what was edited meanwhile", edited, killed);
        if (!after.held()) {
            return after;
        }
        Outcome back = allow();
        return back.held() ? after : back;
    }

    private boolean staysAsAllowed(long start) {
        return Waiting.until(
                        LIMIT,
                        () -> AS_ALLOWED.answered(scene.answers(), start, ANSWERS_WHILE_DEAD)
                                && since(start).compareTo(shown) >= 0)
                && AS_ALLOWED.kept(scene.answers(), start);
    }

    private Outcome killSidecar() {
        return killAndBack(
                scene.sidecar("stock"),
                "Envoy of stock killed, stock is cut off, visitor → shop went on; back, as before");
    }

    private Outcome killApplication() {
        return killAndBack(
                scene.application("stock"),
                "stock killed, its Envoy answered 503, visitor → shop went on; back, as before");
    }

    private Outcome killAndBack(Program program, String text) {
        Outcome before = allow();
        if (!before.held()) {
            return before;
        }
        long killed = System.nanoTime();
        program.kill();
        Outcome dead = reach(text, new Expected(Map.of(SHOP_STOCK, 503, VISITOR_SHOP, 200)), killed);
        Waiting.until(shown, () -> since(killed).compareTo(shown) >= 0);
        boolean othersGoOn = new Expected(Map.of(VISITOR_SHOP, 200)).kept(scene.answers(), killed);
        program.start();
        if (!dead.held() || !othersGoOn) {
            return dead.held() ? new Outcome(false, text, "visitor → shop was disturbed", dead.took()) : dead;
        }
        Outcome back = reach(text, AS_ALLOWED, System.nanoTime());
        return new Outcome(back.held(), text, back.answers(), since(killed));
    }

    private Expected all(int status) {
        Map<Edge, Integer> statuses = new HashMap<>();
        scene.edges().forEach(edge -> statuses.put(edge, status));
        return new Expected(statuses);
    }

    private Outcome reach(String text, Expected expected, long start) {
        boolean held = Waiting.until(LIMIT, () -> expected.reached(scene.answers(), start));
        String result =
                held ? expected.toString() : "expected " + expected + "; was " + expected.actual(scene.answers());
        return new Outcome(held, text, result, since(start));
    }

    private String changed() {
        return "answers changed, the last ones are " + AS_ALLOWED.actual(scene.answers());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
