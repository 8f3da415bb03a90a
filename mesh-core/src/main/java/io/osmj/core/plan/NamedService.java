package io.osmj.core.plan;

import io.osmj.core.service.ServicePort;

/**
 * A service that the workload has asked for by name and may call request by request. One that it may not call is none: a client
 * that asks by name is best told that there is nothing.
 *
 * @param service what was asked for
 * @param serverName the TLS server name sent
 * @param access where calls go
 */
public record NamedService(ServicePort service, String serverName, Destination.Allowed access)
        implements Comparable<NamedService> {

    @Override
    public int compareTo(NamedService other) {
        return service.compareTo(other.service);
    }
}
