package io.osmj.certificates.builtin;

import org.jspecify.annotations.Nullable;

/**
 * A root that was given cannot sign for the mesh. The message is one sentence for an operator and holds no key material.
 * Nobody who catches this makes a new root in its place: that would cut off every workload that trusts the old one.
 */
public final class UnusableRootException extends Exception {
    UnusableRootException(String message) {
        this(message, null);
    }

    UnusableRootException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
