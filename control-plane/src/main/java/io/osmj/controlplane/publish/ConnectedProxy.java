package io.osmj.controlplane.publish;

import io.osmj.core.identity.ProxyIdentity;
import java.time.Duration;

/**
 * A proxy that has a stream open, for people who look.
 *
 * @param proxy who it is
 * @param connected for how long
 * @param served whether it was given a configuration yet
 * @param resources how many resources it is to have
 */
public record ConnectedProxy(ProxyIdentity proxy, Duration connected, boolean served, int resources) {}
