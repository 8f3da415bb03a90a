package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The streams that are open, by proxy: so that a proxy's are counted without a look at everybody's. Safe for many threads. */
final class OpenStreams {
    private final Map<ProxyIdentity, List<AdsStream<?, ?>>> byProxy = new ConcurrentHashMap<>();

    /** How many a proxy has. */
    int of(ProxyIdentity proxy) {
        return byProxy.getOrDefault(proxy, List.of()).size();
    }

    void add(AdsStream<?, ?> stream) {
        byProxy.merge(
                stream.proxy(),
                List.of(stream),
                (before, one) -> Stream.of(before, one)
                        .<AdsStream<?, ?>>flatMap(List::stream)
                        .toList());
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
