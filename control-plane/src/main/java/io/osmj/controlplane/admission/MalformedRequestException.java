package io.osmj.controlplane.admission;

/** A request that is no review we could answer. */
final class MalformedRequestException extends Exception {
    private final int status;

    /**
     * With the answer it gets.
     *
     * @param status of HTTP, 4xx or 503
     */
    MalformedRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
