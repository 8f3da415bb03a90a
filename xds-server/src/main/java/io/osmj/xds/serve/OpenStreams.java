package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The streams that are open, by proxy: so that a proxy's are counted without a look at everybody's. Safe for many threads. */
final class OpenStreams {
    private final Map<ProxyIdentity, List<AdsStream<?, ?>>> byProxy = new ConcurrentHashMap<>();

    /**
     * Adds one, unless its proxy has as many as it may: in one step, as several may open at the same moment. Gives whether it did.
     */
    boolean add(AdsStream<?, ?> stream, int most) {
        return byProxy.compute(stream.proxy(), (_, before) -> with(stream, before, most))
                .contains(stream);
    }

    private static List<AdsStream<?, ?>> with(
            AdsStream<?, ?> stream, @Nullable List<AdsStream<?, ?>> before, int most) {
        if (before == null) {
            return List.of(stream);
        }
        return before.size() >= most
                ? before
                : Stream.<AdsStream<?, ?>>concat(before.stream(), Stream.of(stream))
                        .toList();
    }

    void remove(AdsStream<?, ?> stream) {
        byProxy.computeIfPresent(stream.proxy(), (_, before) -> {
            List<AdsStream<?, ?>> rest =
                    before.stream().filter(one -> one != stream).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    /** All of them, at this moment. */
    List<AdsStream<?, ?>> all() {
        return byProxy.values().stream().<AdsStream<?, ?>>flatMap(List::stream).toList();
    }
}
