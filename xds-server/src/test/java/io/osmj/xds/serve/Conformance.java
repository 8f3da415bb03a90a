package io.osmj.xds.serve;

import io.osmj.xds.conformance.Outcome;
import io.osmj.xds.conformance.Score;
import io.osmj.xds.conformance.Suite;
import java.util.ArrayList;
import java.util.List;

/** The program behind {@code scripts/xds-conformance}: plays the suite some times and tells the score. */
final class Conformance {
    private Conformance() {}

    /**
     * Ends with 1 if anything missed.
     *
     * @param arguments how often, and {@code table} or {@code json}
     */
    public static void main(String[] arguments) {
        int times = Integer.parseInt(arguments[0]);
        List<List<Outcome>> runs = new ArrayList<>();
        for (int run = 1; run <= times; run++) {
            try (RealTarget target = new RealTarget()) {
                runs.add(Suite.play(target));
            }
            System.err.println("run " + run + " of " + times + " is over");
        }
        Score score = new Score(runs);
        System.out.println(arguments[1].equals("json") ? score.json() : score.table());
        System.exit(score.clean() ? 0 : 1);
    }
}
