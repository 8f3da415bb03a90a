package io.osmj.xds.serve;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Names of one type that a request asks for and the client is not to have, as far as is known.
 *
 * @param claimed those it has from an earlier stream
 * @param listed those of its first request that it does not have: all that it asked for in earlier streams, found or not
 * @param fresh those it asks for now
 */
record Absent(NavigableSet<String> claimed, NavigableSet<String> listed, NavigableSet<String> fresh) {
    static Absent none() {
        return new Absent(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }
}
