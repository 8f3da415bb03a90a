package io.osmj.xds.conformance;

import java.util.ArrayList;
import java.util.List;

/** What went over one stream, and what changed meanwhile, in order. Messages are told without bodies. */
final class WireLog {
    private final List<String> lines = new ArrayList<>();

    /** What the server is given. */
    synchronized void changed(String what) {
        lines.add("* " + what);
    }

    synchronized void sent(String request) {
        lines.add("> " + request);
    }

    synchronized void heard(String response) {
        lines.add("< " + response);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
