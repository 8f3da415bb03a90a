package io.osmj.injector.probe;

/**
 * A probe that the sidecar answers in place of the container.
 *
 * @param kind on which of the sidecar's ports
 * @param container name of the container that is asked about
 * @param target what the sidecar asks the container
 */
public record SidecarProbe(ProbeKind kind, String container, ProbeTarget target) {}
