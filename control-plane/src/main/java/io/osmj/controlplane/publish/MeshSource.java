package io.osmj.controlplane.publish;

import io.osmj.core.problem.Outcome;
import io.osmj.core.state.StatePatch;
import java.util.function.Consumer;

/** Where the publisher finds what the cluster is. Asked on the publisher's thread only. */
@FunctionalInterface
public interface MeshSource {
    /**
     * Has what may have changed since the last look taken in, and what is wrong with it.
     *
     * @param taker called once, or not at all while the state is not known; after one that threw the next is given a whole patch
     */
    void look(Consumer<Outcome<StatePatch>> taker);
}
