package io.osmj.controlplane.publish;

import static java.util.Collections.singletonMap;

import io.osmj.core.problem.ObjectRef;
import io.osmj.core.state.StatePatch;

/** A patch on which taking it in fails, as on a defect of ours, when most of it is taken in. */
final class TornPatch {
    private static final ObjectRef BREAKS = new ObjectRef("UpstreamTrafficSetting", "ns", "breaks");

    private TornPatch() {}

    static StatePatch of(StatePatch patch) {
        return new StatePatch(
                patch.whole(),
                patch.settings(),
                patch.pods(),
                patch.services(),
                patch.endpoints(),
                patch.rules(),
                patch.splits(),
                patch.ingress(),
                patch.egress(),
                patch.retries(),
                singletonMap(BREAKS, null));
    }
}
