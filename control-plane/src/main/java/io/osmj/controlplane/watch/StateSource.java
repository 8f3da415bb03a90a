package io.osmj.controlplane.watch;

import io.osmj.core.problem.Outcome;
import io.osmj.core.state.StatePatch;
import java.util.Optional;

/** Where the state of the cluster comes from. */
public interface StateSource extends AutoCloseable {
    /**
     * Starts to look.
     *
     * @param changed called whenever there may be something new, from any thread and often; it must return at once
     */
    void start(Runnable changed);

    /**
     * What there is now of all that may have changed since the last look, and everything that is wrong; empty until everything
     * was read once. The first patch is a whole one, and so is the first after a look that failed. To be asked by one thread at a
     * time.
     */
    Optional<Outcome<StatePatch>> look();

    /** Stops to look. */
    @Override
    void close();
}
