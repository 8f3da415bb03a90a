package io.osmj.dapr.outbound;

/**
 * A server that a component connects to.
 *
 * @param host as the component names it; empty when that is in a Secret
 * @param port 1 to 65535
 */
public record Backend(String host, int port) {}
