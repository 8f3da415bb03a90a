package io.osmj.xds.serve;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;

/** What both protocols say and hear. */
final class Words {
    static final ControlPlane CONTROL_PLANE =
            ControlPlane.newBuilder().setIdentifier("osm-java").build();

    private static final int LONGEST_TEXT = 1_000;

    private Words() {}

    /** The client's words as one line of bounded length: they go to logs, events and status fields. */
    static String refusal(Status detail) {
        return line(detail.getMessage());
    }

    /** Any words as one line of bounded length. */
    static String line(String words) {
        String line = words.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }
}
