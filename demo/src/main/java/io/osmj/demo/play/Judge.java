package io.osmj.demo.play;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.scene.Waiting;
import java.time.Duration;
import java.util.Map;

/** Says whether answers became what they must. */
final class Judge {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final Edge SHOP_STOCK = new Edge("shop", "stock");
    static final Edge VISITOR_SHOP = new Edge("visitor", "shop");
    static final Edge VISITOR_STOCK = new Edge("visitor", "stock");

    /** What must come of the TrafficTargets for the first two. */
    static final Expected AS_ALLOWED = new Expected(Map.of(SHOP_STOCK, 200, VISITOR_SHOP, 200, VISITOR_STOCK, 403));

    private final Scene scene;

    Judge(Scene scene) {
        this.scene = scene;
    }

    /** Waits until the answers since then are as they must be. */
    Outcome reach(String text, Expected expected, long start) {
        boolean held = Waiting.until(LIMIT, () -> expected.reached(scene.answers(), start));
        String result =
                held ? expected.toString() : "expected " + expected + "; was " + expected.actual(scene.answers());
        return new Outcome(held, text, result, since(start));
    }

    /** How answers are that were not to change. */
    String changed() {
        return "answers changed, the last ones are " + AS_ALLOWED.actual(scene.answers());
    }

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
