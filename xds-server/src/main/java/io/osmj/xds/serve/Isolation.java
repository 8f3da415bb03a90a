package io.osmj.xds.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Cuts the names of a refused response into parts that are worth trying one after the other. */
final class Isolation {
    /** With more names than this in the client's text, halves are found out sooner. */
    private static final int MOST_SINGLES = 8;

    private Isolation() {}

    /**
     * The parts, of which every name is in exactly one. Envoy names the clusters and listeners at fault, so these go alone
     * and after the rest; the text is only a hint, as it may name innocent ones too. Without a hint, halves.
     */
    static List<NavigableSet<String>> cut(NavigableSet<String> names, String text) {
        NavigableSet<String> named = new TreeSet<>();
        for (String name : names) {
            if (mentions(text, name)) {
                named.add(name);
            }
        }
        boolean hint = !named.isEmpty() && named.size() < names.size() && named.size() <= MOST_SINGLES;
        return hint ? restThenSingles(names, named) : halves(names);
    }

    private static List<NavigableSet<String>> restThenSingles(NavigableSet<String> names, NavigableSet<String> named) {
        List<NavigableSet<String>> parts = new ArrayList<>();
        NavigableSet<String> rest = new TreeSet<>(names);
        rest.removeAll(named);
        parts.add(rest);
        named.forEach(name -> parts.add(new TreeSet<>(List.of(name))));
        return parts;
    }

    private static List<NavigableSet<String>> halves(NavigableSet<String> names) {
        List<String> sorted = List.copyOf(names);
        int middle = sorted.size() / 2;
        return List.of(new TreeSet<>(sorted.subList(0, middle)), new TreeSet<>(sorted.subList(middle, sorted.size())));
    }

    private static boolean mentions(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (ends(text, at - 1) && ends(text, at + name.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(String text, int at) {
        return at < 0
                || at >= text.length()
                || !(Character.isLetterOrDigit(text.charAt(at)) || "_-./|".indexOf(text.charAt(at)) >= 0);
    }
}
