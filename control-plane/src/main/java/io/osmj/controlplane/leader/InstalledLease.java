package io.osmj.controlplane.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The Lease that the installation creates so that it also removes it. It comes without holder and times, which the client's
 * own lock cannot read.
 */
final class InstalledLease extends LeaseLock {
    private static final ZonedDateTime LONG_AGO = Instant.EPOCH.atZone(ZoneOffset.UTC);

    InstalledLease(String namespace, String name, String candidate) {
        super(namespace, name, candidate);
    }

    @Override
    protected LeaderElectionRecord toRecord(Lease lease) {
        LeaseSpec spec = lease.getSpec();
        boolean taken = spec != null && spec.getLeaseDurationSeconds() != null && spec.getRenewTime() != null;
        return taken
                ? super.toRecord(lease)
                : new LeaderElectionRecord("", Duration.ofSeconds(1), LONG_AGO, LONG_AGO, 0);
    }
}
