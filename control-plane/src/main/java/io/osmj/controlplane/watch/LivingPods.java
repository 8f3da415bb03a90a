package io.osmj.controlplane.watch;

import io.osmj.core.identity.ProxyIdentity;

/** Which pods are there. */
@FunctionalInterface
public interface LivingPods {
    /**
     * Whether this very pod runs under this very service account, and neither is being deleted. {@code false} on any doubt,
     * as while the watch that tells is interrupted.
     */
    boolean lives(ProxyIdentity pod, String accountUid);
}
