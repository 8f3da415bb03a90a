package io.osmj.xds.serve;

/** What of a type a client may be sent now, after what it has refused. */
enum Leave {
    ALL,

    /** What it has not refused, in whatever version: that may well be good, though it has refused much else. */
    UNREFUSED,

    NONE;

    /** Whether a resource may be sent. */
    boolean covers(boolean refusedBefore) {
        return switch (this) {
            case ALL -> true;
            case UNREFUSED -> !refusedBefore;
            case NONE -> false;
        };
    }
}
