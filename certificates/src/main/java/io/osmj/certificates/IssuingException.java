package io.osmj.certificates;

import org.jspecify.annotations.Nullable;

/** No certificate could be issued. The message says why, in words for an operator; it never holds key material. */
public final class IssuingException extends RuntimeException {
    /** With a reason of our own. */
    public IssuingException(String message) {
        super(message);
    }

    /** With what went wrong below. */
    public IssuingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
