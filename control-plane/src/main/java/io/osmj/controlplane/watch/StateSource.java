package io.osmj.controlplane.watch;

import io.osmj.core.problem.Outcome;
import io.osmj.core.state.ClusterState;
import java.util.Optional;

/** Where the state of the cluster comes from. */
public interface StateSource extends AutoCloseable {
    /**
     * Starts to look.
     *
     * @param changed called whenever there may be something new, from any thread and often; it must return at once
     */
    void start(Runnable changed);

    /** What there is now, and what is wrong with it; empty until everything was read once. Safe from any thread. */
    Optional<Outcome<ClusterState>> snapshot();

    /** Stops to look. */
    @Override
    void close();
}
