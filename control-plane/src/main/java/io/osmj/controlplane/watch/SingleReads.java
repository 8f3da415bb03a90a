package io.osmj.controlplane.watch;

import static java.util.stream.Collectors.toMap;

import io.osmj.core.state.ObjectKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads objects each by itself. One that cannot be read, which is a defect of the reader, is left as it was known before, and not
 * known if it was not; all others are read.
 */
final class SingleReads {
    private static final Logger LOG = LoggerFactory.getLogger(SingleReads.class);

    private SingleReads() {}

    /** What these are now, without those that cannot be read. */
    static <V> Map<ObjectKey, V> of(String kind, Collection<ObjectKey> keys, Function<ObjectKey, V> read) {
        return keys.stream()
                .flatMap(key -> one(kind, key, read).map(value -> Map.entry(key, value)).stream())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <V> Optional<V> one(String kind, ObjectKey key, Function<ObjectKey, V> read) {
        try {
            return Optional.of(read.apply(key));
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot read {} {}/{}; it stays as it was known, and the rest goes on",
                    kind,
                    key.namespace(),
                    key.name(),
                    e);
            return Optional.empty();
        }
    }
}
