package io.osmj.controlplane.publish;

import io.osmj.core.problem.Outcome;
import io.osmj.core.state.StatePatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When the source is looked at for what has changed. */
final class Looks {
    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);

    private final MeshSource source;
    private final LongSupplier clock;
    private final Debounce debounce;
    private final long retry;
    private long reread = Debounce.NEVER;

    Looks(MeshSource source, LongSupplier clock, Pace pace) {
        this.source = source;
        this.clock = clock;
        this.debounce = new Debounce(pace.quiet(), pace.most(), pace.gap(), pace.rowGap());
        this.retry = pace.retry().toNanos();
    }

    /** The state may have changed. */
    void changed() {
        debounce.changed(clock.getAsLong());
    }

    /** When the next one is. After one that failed there is none before its time, whatever changes: it takes in all there is. */
    long due() {
        return reread == Debounce.NEVER ? debounce.due() : reread;
    }

    /** Looks if it is time to. */
    void take(long now, Consumer<Outcome<StatePatch>> refresh) {
        if (now < due()) {
            return;
        }
        boolean _ = debounce.take(now);
        reread = Debounce.NEVER;
        try {
            source.look(refresh);
        } catch (RuntimeException e) {
            LOG.error("Cannot read or compile the state; proxies keep what they have, and it is tried again", e);
            reread = clock.getAsLong() + retry;
        }
    }
}
