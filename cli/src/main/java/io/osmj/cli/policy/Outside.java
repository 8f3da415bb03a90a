package io.osmj.cli.policy;

import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.state.PodState;

/** Calls from or to a namespace that does not belong to the mesh: no policy governs them. */
final class Outside {
    private static final String PLAIN = "The call passes in plain text.";

    private Outside() {}

    /** That the caller is outside. */
    static Reason caller(String why) {
        return Reason.of("No policy governs the caller. " + why);
    }

    /**
     * A call of a service that is outside.
     *
     * @param egress whether what is outside of the mesh may be reached
     */
    static Verdict called(Caller caller, Callee.Outsider callee, boolean egress) {
        return verdict(caller, egress).and(Reason.of("No policy governs the callee. " + callee.reason()));
    }

    private static Verdict verdict(Caller caller, boolean egress) {
        if (!caller.pod().map(PodState::meshed).orElse(caller.meshed())) {
            return Verdict.allowed(PLAIN, "Neither side has a sidecar, so the mesh has no part in it.");
        }
        return egress
                ? Verdict.allowed(
                        PLAIN,
                        "Egress is open (spec.traffic.enableEgress of MeshConfig), so what is not of the mesh is reached as"
                                + " it is.")
                : Verdict.denied(
                        Verdict.CLOSED,
                        "Egress is closed (spec.traffic.enableEgress of MeshConfig), so the caller's sidecar lets nothing"
                                + " out of the mesh but what is excluded from it or an Egress names.");
    }
}
