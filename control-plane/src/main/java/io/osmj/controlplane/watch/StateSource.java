package io.osmj.controlplane.watch;

import io.osmj.core.problem.Outcome;
import io.osmj.core.state.StatePatch;
import java.util.function.Consumer;

/** Where the state of the cluster comes from. */
public interface StateSource extends AutoCloseable {
    /**
     * Starts to look.
     *
     * @param changed called whenever there may be something new, from any thread and often; it must return at once
     */
    void start(Runnable changed);

    /**
     * Gives what there is now of all that may have changed since the last look, and everything that is wrong; nothing until
     * everything was read once. The first patch is a whole one, and so is the first after a look that failed, be it here or where
     * it was taken in. To be asked by one thread at a time.
     */
    void look(Consumer<Outcome<StatePatch>> taker);

    /** Stops to look. */
    @Override
    void close();
}
