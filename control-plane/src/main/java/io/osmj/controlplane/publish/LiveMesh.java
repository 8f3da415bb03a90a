package io.osmj.controlplane.publish;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.plan.Planner;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.StatePatch;
import java.util.List;
import java.util.function.Function;

/** The mesh as it is now and the planner that looks at it, kept in step. Belongs to one thread. */
final class LiveMesh {
    private final TrustDomain trustDomain;
    private MeshIndex index;
    private Planner planner;
    private boolean known;
    private boolean torn;

    LiveMesh(TrustDomain trustDomain) {
        this.trustDomain = trustDomain;
        this.index = new MeshIndex(trustDomain);
        this.planner = new Planner(index);
    }

    /**
     * Takes over how things are now.
     *
     * @param patch a whole one at first, and after one that failed
     */
    Touched apply(StatePatch patch) {
        if (!known || torn) {
            return startOver(patch);
        }
        torn = true;
        Touched touched = index.apply(patch);
        planner.refresh(touched);
        torn = false;
        return touched;
    }

    /**
     * How much of a patch that failed was taken in nobody knows, so there is a new index for the next one. Until that is complete
     * the one before serves.
     */
    private Touched startOver(StatePatch patch) {
        if (!patch.whole()) {
            throw new IllegalArgumentException("the first patch, and the one after a failure, must be a whole one");
        }
        MeshIndex anew = new MeshIndex(trustDomain);
        Planner itsPlanner = new Planner(anew);
        Touched touched = anew.apply(patch);
        itsPlanner.refresh(touched);
        index = anew;
        planner = itsPlanner;
        known = true;
        torn = false;
        return touched;
    }

    /** Whether it was seen at all. */
    boolean known() {
        return known;
    }

    Planner planner() {
        return planner;
    }

    MeshSettings settings() {
        return index.settings();
    }

    /** Whether something of the mesh is behind an address. */
    boolean has(DialledAddress address) {
        return index.addresses().at(address).isPresent();
    }

    /** Whether the allow rules bind. */
    boolean byRules() {
        return !settings().traffic().permissive();
    }

    /** Whether every proxy is sent every address. */
    boolean eager() {
        return settings().traffic().permissive() && !settings().traffic().onDemand();
    }

    <T> T ask(Function<MeshIndex, T> question) {
        return question.apply(index);
    }

    List<Problem> problems() {
        return index.problems();
    }
}
