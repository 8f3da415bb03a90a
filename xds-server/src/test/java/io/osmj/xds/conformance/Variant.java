package io.osmj.xds.conformance;

import java.util.EnumSet;
import java.util.Set;

/** The four ways to speak xDS. */
public enum Variant {
    WORLD_SEPARATE("state of the world, a service for each type", false, false),
    WORLD_AGGREGATED("state of the world, aggregated", false, true),
    DELTA_SEPARATE("incremental, a service for each type", true, false),
    DELTA_AGGREGATED("incremental, aggregated", true, true);

    static final Set<Variant> WORLD = EnumSet.of(WORLD_SEPARATE, WORLD_AGGREGATED);
    static final Set<Variant> DELTA = EnumSet.of(DELTA_SEPARATE, DELTA_AGGREGATED);
    static final Set<Variant> BOTH = EnumSet.allOf(Variant.class);

    private final String title;
    private final boolean delta;
    private final boolean aggregated;

    Variant(String title, boolean delta, boolean aggregated) {
        this.title = title;
        this.delta = delta;
        this.aggregated = aggregated;
    }

    /** In words. */
    public String title() {
        return title;
    }

    /** Whether only differences are sent. */
    public boolean delta() {
        return delta;
    }

    /** Whether all types share one stream. */
    public boolean aggregated() {
        return aggregated;
    }
}
