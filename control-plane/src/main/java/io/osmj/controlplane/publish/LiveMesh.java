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
    private final MeshIndex index;
    private final Planner planner;
    private boolean known;

    LiveMesh(TrustDomain trustDomain) {
        this.index = new MeshIndex(trustDomain);
        this.planner = new Planner(index);
    }

    Touched apply(StatePatch patch) {
        Touched touched = index.apply(patch);
        planner.refresh(touched);
        known = true;
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
