package io.osmj.xds.conformance;

/** The server did not do what a scenario asks of it. */
final class Miss extends AssertionError {
    private static final long serialVersionUID = 1;

    Miss(String message) {
        super(message);
    }
}
