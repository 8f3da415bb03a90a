package io.osmj.xds.serve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Which names come first of a list that is longer than what may be remembered. */
final class Precedence {
    private Precedence() {}

    /**
     * Those that the client has come first: its application may be using them. The others come in any order, so that it is not
     * the same ones on each stream that do not fit; Envoy sorts them.
     */
    static List<String> of(List<String> names, Set<String> held) {
        List<String> others = new ArrayList<>();
        List<String> ordered = new ArrayList<>();
        names.forEach(name -> (held.contains(name) ? ordered : others).add(name));
        Collections.shuffle(others);
        ordered.addAll(others);
        return ordered;
    }
}
