package io.osmj.injector.probe;

import java.nio.charset.StandardCharsets;

/** The path of a probe as the kubelet would send it. */
final class RequestPath {
    private static final String NOT_IN_A_REQUEST_LINE = " \"<>\\^`{|}";

    private RequestPath() {}

    /** Begins with a slash, ends before a fragment, and has nothing that may not stand in a request line. */
    static String onTheWire(String path) {
        int fragment = path.indexOf('#');
        String sent = fragment < 0 ? path : path.substring(0, fragment);
        StringBuilder wire = new StringBuilder(sent.startsWith("/") ? "" : "/");
        for (byte octet : sent.getBytes(StandardCharsets.UTF_8)) {
            if (octet <= ' ' || octet == 0x7f || NOT_IN_A_REQUEST_LINE.indexOf(octet) >= 0) {
                wire.append('%').append(String.format("%02X", octet));
            } else {
                wire.append((char) octet);
            }
        }
        return wire.toString();
    }
}
