package io.osmj.demo.play;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.scene.Answer;
import io.osmj.demo.scene.Answers;
import java.util.List;

/**
 * Who must answer a call how often.
 *
 * @param call that is shared out
 * @param callee one of those that answer it
 * @param percent of the answers that are to come from it
 */
record Proportion(Edge call, String callee, int percent) {
    private static final int LOOKED_AT = 20;
    private static final int TOLERANCE = 10;

    /** Whether the last answers since then are good and come from it in about this proportion. */
    boolean reached(Answers answers, long since) {
        List<Answer> late = answers.since(call, since);
        if (late.size() < LOOKED_AT) {
            return false;
        }
        List<Answer> last = late.subList(late.size() - LOOKED_AT, late.size());
        return last.stream().allMatch(answer -> answer.status() == 200)
                && Math.abs(percentOf(last) - percent) <= TOLERANCE;
    }

    private int percentOf(List<Answer> some) {
        long own = some.stream().filter(answer -> answer.from().equals(callee)).count();
        return some.isEmpty() ? 0 : (int) (100 * own / some.size());
    }

    /** The proportion as it is. */
    String actual(Answers answers) {
        List<Answer> last = answers.last(call, LOOKED_AT);
        return call + " " + percentOf(last) + " % by " + callee + " of the last " + last.size();
    }
}
