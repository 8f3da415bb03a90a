package io.osmj.cli.session;

/** A command cannot go on; its message is what the user reads after {@code Error:}. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
