package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often one proxy refuses, and what it may be sent all the same. So many refusals a minute are followed by another attempt,
 * whatever it is. After that only what was not refused before is sent, of types of which the proxy has accepted something: it
 * does not refuse whatever comes. That ends at twice as many, so that one that does both in turn is bounded too.
 */
final class Refusals {
    private static final int TIMES_AS_MANY = 2;

    private final int few;
    private final int many;
    private final PerMinute all;
    private final Map<ResourceType, OfType> types = new EnumMap<>(ResourceType.class);

    /** Refusals of one type: those of the last minute, and how many there were in a row. */
    private static final class OfType {
        private final PerMinute lately;
        private int inARow;

        OfType(int many) {
            lately = new PerMinute(many);
            inARow = many;
        }
    }

    /** @param few how many refusals a minute are followed by another attempt in any case */
    Refusals(int few) {
        this.few = few;
        this.many = TIMES_AS_MANY * (few + 1);
        this.all = new PerMinute(many);
    }

    void refused(ResourceType type, long now) {
        all.happened(now);
        OfType ofType = of(type);
        ofType.lately.happened(now);
        ofType.inARow++;
    }

    /** An answer that held something was accepted. Gives whether more may be sent by that, on whatever stream. */
    boolean accepted(ResourceType type) {
        OfType ofType = of(type);
        boolean known = accepts(ofType);
        ofType.inARow = 0;
        return !known;
    }

    /**
     * What of a type may be sent.
     *
     * @param last the proxy's word on the type. If there is none yet, one answer a minute more is left for it, and it counts what the
     *     proxy has accepted of other types
     * @param own answers on the stream of which it is not known yet whether they are refused too
     * @param others such answers on the other streams. A proxy has one stream, and for a moment a second one, on which it accepts
     *     what it is sent
     */
    Leave leave(ResourceType type, LastAnswer last, int own, int others, long now) {
        int count = all.count(now);
        int standing = own + others;
        boolean alone = count == 0 && others == 0;
        if (alone || count + standing < few + (last == LastAnswer.REFUSED ? 0 : 1)) {
            return Leave.ALL;
        }
        OfType ofType = of(type);
        if (ofType.lately.count(now) == many) {
            return Leave.NONE;
        }
        boolean trusted = last == LastAnswer.REFUSED
                ? accepts(ofType)
                : types.values().stream().anyMatch(this::accepts);
        return (trusted && count + standing < many) || last == LastAnswer.ACCEPTED ? Leave.UNREFUSED : Leave.NONE;
    }

    /** Nanoseconds until more may be sent though nothing has come in; {@link Long#MAX_VALUE} if nothing was refused. */
    long delay(long now) {
        return all.count(now) == 0 ? Long.MAX_VALUE : all.delay(now);
    }

    private boolean accepts(OfType ofType) {
        return ofType.inARow < many;
    }

    private OfType of(ResourceType type) {
        return types.computeIfAbsent(type, _ -> new OfType(many));
    }
}
