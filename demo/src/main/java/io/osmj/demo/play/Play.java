package io.osmj.demo.play;

import static io.osmj.demo.play.Judge.AS_ALLOWED;
import static io.osmj.demo.play.Judge.LIMIT;
import static io.osmj.demo.play.Judge.SHOP_STOCK;
import static io.osmj.demo.play.Judge.VISITOR_SHOP;
import static io.osmj.demo.play.Judge.since;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.scene.Scene;
import io.osmj.demo.scene.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All steps, played one at a time. */
public final class Play {
    private static final List<Edge> ALLOWED = List.of(SHOP_STOCK, VISITOR_SHOP);
    private static final String NEXT_STOCK = "stock-v2";
    private static final Proportion SPLIT = new Proportion(SHOP_STOCK, NEXT_STOCK, 20);

    private final Scene scene;
    private final Judge judge;
    private final Kills kills;

    /**
     * The steps of a scene.
     *
     * @param shown how long what was killed stays dead at least, so that somebody can look at it
     */
    public Play(Scene scene, Duration shown) {
        this.scene = scene;
        this.judge = new Judge(scene);
        this.kills = new Kills(scene, judge, shown, this::allow);
    }

    /** The steps in the order in which they make a story. Through Dapr none splits: a daprd dials the pod that is to answer. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("p", "permissive", this::permissive));
        steps.add(new Step("s", "strict", this::strict));
        steps.add(new Step("a", "allow", this::allow));
        if (!scene.throughDapr()) {
            steps.add(new Step("t", "split 80/20", this::split));
        }
        steps.add(new Step("r", "rotate root", this::rotate));
        steps.add(new Step("c", "kill control plane", kills::controlPlane));
        steps.add(new Step("e", "kill stock's Envoy", kills::sidecar));
        steps.add(new Step("x", "kill stock", kills::application));
        if (scene.throughDapr()) {
            steps.add(new Step("d", "kill stock's daprd", kills::daprd));
        }
        return steps;
    }

    private Outcome permissive() {
        long start = System.nanoTime();
        apply(true, List.of());
        return judge.reach("permissive mode, everybody may call everybody", all(200), start);
    }

    private Outcome strict() {
        Map<String, Long> before = scene.connections();
        long start = System.nanoTime();
        apply(false, List.of());
        Outcome outcome = judge.reach("strict mode without a TrafficTarget, nobody may call anybody", all(403), start);
        return scene.throughDapr() ? onTheirConnections(outcome, before) : outcome;
    }

    /** A daprd keeps its connections to others for long, and a refusal that waited for the next one would come late. */
    private Outcome onTheirConnections(Outcome outcome, Map<String, Long> before) {
        boolean same = scene.connections().equals(before)
                && scene.edges().stream().allMatch(edge -> before.getOrDefault(edge.caller(), 0L) > 0);
        String text = outcome.text()
                + (same ? ", on the connections that the daprds had" : ", but the daprds had to connect anew");
        return new Outcome(outcome.held() && same, text, outcome.answers(), outcome.took());
    }

    private Outcome allow() {
        long start = System.nanoTime();
        apply(false, ALLOWED);
        return judge.reach("two TrafficTargets, what they name is allowed", AS_ALLOWED, start);
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
            return new Outcome(false, "root of trust rotated", fault.isEmpty() ? judge.changed() : fault, since(start));
        }
        return judge.reach("root of trust rotated, every certificate is new, no answer changed", AS_ALLOWED, start);
    }

    private Expected all(int status) {
        Map<Edge, Integer> statuses = new HashMap<>();
        scene.edges().forEach(edge -> statuses.put(edge, status));
        return new Expected(statuses);
    }
}
