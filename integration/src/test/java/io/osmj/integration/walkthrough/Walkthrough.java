package io.osmj.integration.walkthrough;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The whole walkthrough: {@code scripts/quickstart} runs this after it has made a cluster with Dapr and the sample. */
public final class Walkthrough {
    private final List<Step> steps;
    private final Narrator narrator;

    private Walkthrough(List<Step> steps, Narrator narrator) {
        this.steps = steps;
        this.narrator = narrator;
    }

    static Walkthrough in(Scene scene) {
        Apps apps = new Apps(scene);
        ObjectInventory inventory = new ObjectInventory(scene);
        Beginning beginning = new Beginning(scene, apps, inventory);
        List<Step> steps = new ArrayList<>(beginning.steps());
        steps.addAll(new Joining(scene, apps, beginning).steps());
        steps.addAll(new Wire(scene, apps).steps());
        steps.addAll(new Strict(scene, apps).steps());
        steps.addAll(new Weight(scene).steps());
        steps.addAll(new Faults(scene, apps).steps());
        steps.addAll(new Ending(scene, apps, inventory, beginning).steps());
        return new Walkthrough(steps, scene.narrator());
    }

    List<Step> steps() {
        return steps;
    }

    /** Does the steps in order and stops at the first that does not hold; says how many held. */
    int run() {
        int held = 0;
        for (Step step : steps) {
            narrator.step(held + 1, steps.size(), step.title());
            long start = System.nanoTime();
            try {
                step.action().run();
                narrator.held((System.nanoTime() - start) / 1_000_000);
                held++;
            } catch (Exception | AssertionError e) {
                narrator.failed(e);
                break;
            }
        }
        return held;
    }

    /**
     * Tells the walkthrough.
     *
     * @param arguments the checkout, the kubeconfig, the {@code kubectl} and the {@code osm} to use, and {@code colour} or
     *     {@code plain}
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        Narrator narrator = new Narrator(out, arguments[4].equals("colour"));
        Scene scene = new Scene(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], arguments[3], narrator);
        Walkthrough walkthrough = in(scene);
        int held = walkthrough.run();
        out.println();
        out.println("walkthrough: " + held + " of " + walkthrough.steps.size() + " steps held");
        System.exit(held == walkthrough.steps.size() ? 0 : 1);
    }
}
