package io.osmj.controlplane.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lease that the installation creates so that it also removes it. It comes without holder and times, which the client's
 * own lock cannot read.
 *
 * <p>Who wrote it last does not ask how it is before writing it again: had somebody else written it since, its version would be
 * another, and the API server would refuse. That is half of the questions of a mesh in which nothing happens.
 */
final class InstalledLease extends LeaseLock {
    private static final ZonedDateTime LONG_AGO = Instant.EPOCH.atZone(ZoneOffset.UTC);

    private final String namespace;
    private final String name;

    /** As it was read or written last; none if that may be wrong. */
    private @Nullable Lease latest;

    /** Whether it was this replica that wrote it then, as its holder. */
    private boolean own;

    InstalledLease(String namespace, String name, String candidate) {
        super(namespace, name, candidate);
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        if (!own) {
            latest = client.leases().inNamespace(namespace).withName(name).get();
        }
        return Optional.ofNullable(latest).map(this::toRecord).orElse(null);
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
        if (latest == null) {
            throw new IllegalStateException("it is read before it is written");
        }
        Lease next = toResource(record, getObjectMeta(latest.getMetadata().getResourceVersion()));
        own = false;
        latest = client.resource(next).patch(PatchContext.of(PatchType.JSON_MERGE));
        own = identity().equals(record.getHolderIdentity());
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
