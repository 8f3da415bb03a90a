package io.osmj.xds.conformance;

import com.google.protobuf.ByteString;
import io.osmj.xds.resource.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One response, in whatever protocol.
 *
 * @param version of the whole; empty in the incremental protocol
 */
record Answer(ResourceType type, String nonce, String version, List<Item> items, List<String> removed) {
    /**
     * A resource in it.
     *
     * @param version its own; empty in the state of the world
     */
    record Item(String name, String version, ByteString body) {
        /** Never the body. */
        @Override
        public String toString() {
            return version.isEmpty() ? name : name + "@" + version;
        }
    }

    /** What holds for every response, whatever it is about. */
    void check(Set<String> noncesBefore) {
        if (nonce.isEmpty() || !noncesBefore.add(nonce)) {
            throw new Miss("the nonce '" + nonce + "' is empty or was there before on this stream");
        }
        Set<String> names = new HashSet<>();
        items.forEach(item -> once(names, item.name()));
        removed.forEach(name -> once(names, name));
    }

    private static void once(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new Miss("'" + name + "' is twice in one response");
        }
    }
}
