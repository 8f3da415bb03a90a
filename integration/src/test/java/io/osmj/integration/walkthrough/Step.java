package io.osmj.integration.walkthrough;

/**
 * One step of the walkthrough.
 *
 * @param title what is done or shown, for people
 * @param action does it; an error thrown means that the step did not hold
 */
record Step(String title, Action action) {

    /** Does a step. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
