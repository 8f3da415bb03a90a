package io.osmj.cli.policy;

import io.osmj.cli.policy.Verdict.Decision;

/**
 * What a policy is to come to for one call.
 *
 * @param name for people
 * @param from who calls
 * @param to what is called
 * @param request what is known of the request
 * @param allow whether it is to pass
 * @param because the object that is to be a reason, as {@code TrafficTarget shop/a}; empty when any reason will do
 */
record Expectation(String name, String from, String to, Request request, boolean allow, String because) {

    /** Whether a verdict is what was expected. One that depends on what was not said is neither. */
    boolean meets(Verdict verdict) {
        Decision wanted = allow ? Decision.ALLOWED : Decision.DENIED;
        return verdict.decision() == wanted
                && (because.isEmpty()
                        || verdict.reasons().stream()
                                .anyMatch(reason -> reason.object()
                                        .map(object -> object.toString().equals(because))
                                        .orElse(false)));
    }

    /** In words. */
    String wanted() {
        return (allow ? "allowed" : "denied") + (because.isEmpty() ? "" : " because of " + because);
    }
}
