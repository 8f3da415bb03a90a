package io.osmj.controlplane.publish;

import io.osmj.core.names.Annotations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Streams that were told nothing yet, in the order in which they came. */
final class Lobby {
    private final Set<Seat> waiting = new LinkedHashSet<>();

    void add(Seat seat) {
        waiting.add(seat);
    }

    void remove(Seat seat) {
        waiting.remove(seat);
    }

    /** When the first of them has waited long enough. */
    long patienceEnds(Duration patience) {
        return waiting.isEmpty() ? Debounce.NEVER : waiting.iterator().next().since + patience.toNanos();
    }

    /** Sends those away that wait since a moment or longer. */
    void dismissUnknown(long since, boolean stateKnown) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Seat> tooLong = new ArrayList<>();
        for (Seat seat : waiting) {
            if (seat.since > since) {
                break;
            }
            tooLong.add(seat);
        }
        for (Seat seat : tooLong) {
            waiting.remove(seat);
            if (seat.failed) {
                seat.postpone(
                        "the configuration of this proxy cannot be made now; the log of the control plane says why");
            } else if (stateKnown) {
                seat.dismiss("pod " + seat.proxy.pod()
                        + " is not known to be a pod of this mesh with a sidecar, or one that says it is "
                        + Annotations.PROXYLESS);
            } else {
                seat.postpone("the control plane has not read the cluster yet");
            }
        }
    }
}
