package io.osmj.controlplane.admission;

import java.time.Duration;

/** Counts what was answered. */
public interface AdmissionMetrics {
    /** Counts nothing. */
    AdmissionMetrics NONE = (webhook, answer, dryRun, took) -> {};

    /** What a request came to. */
    enum Answer {
        /** Admitted as it was. */
        ALLOWED,
        /** Admitted with changes. */
        PATCHED,
        /** Refused for a fault of the object. */
        DENIED,
        /** Not a review that can be answered; the fault of whoever sent it. */
        MALFORMED,
        /** Not answered for a fault of ours; the webhook's failure policy decides. */
        FAILED
    }

    /**
     * One request was answered.
     *
     * @param webhook {@code injector} or {@code validator}
     * @param dryRun whether the object was not going to be stored anyway
     * @param took from the end of the request's head to the decision
     */
    void answered(String webhook, Answer answer, boolean dryRun, Duration took);
}
