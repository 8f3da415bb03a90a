package io.osmj.controlplane.admission;

/** Decides about one object. What it throws is a fault of ours, and the webhook's failure policy decides instead. */
@FunctionalInterface
interface Decider {
    Decision decide(Review review);
}
