package io.osmj.controlplane.publish;

import io.osmj.core.identity.SpiffeId;
import io.osmj.xds.resource.EnvoyResource;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Where the secrets of a proxy come from: its certificate with key, and the roots it trusts. */
@FunctionalInterface
public interface SecretSource {
    /**
     * The secrets that are current for an identity, issued now if there are none. Asked for often, on the publisher's
     * thread, so what was issued before comes at once.
     *
     * @throws RuntimeException if nothing can be issued now; it is asked again a second later
     */
    List<EnvoyResource> secrets(SpiffeId identity);

    /** A proxy of this identity uses a certificate from before, which ends then; it is to get another in time. */
    default void kept(SpiffeId identity, Instant end) {}

    /** Tells now and then which identities have a proxy connected; secrets of others need not be kept for ever. */
    default void inUse(Set<SpiffeId> identities) {}
}
