package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.state.ObjectKey;
import java.util.HashSet;
import java.util.Set;

/**
 * What a patch may have changed for proxies. Whoever is not named here has nothing to do: the work for a change is that of its
 * dependants.
 */
public final class Touched {
    private boolean everything;
    private final Set<String> pods = new HashSet<>();
    private final Set<ServiceAccount> callees = new HashSet<>();
    private final Set<ServiceAccount> callers = new HashSet<>();
    private final Set<ServiceAccount> leavers = new HashSet<>();
    private final Set<ServiceAccount> retriers = new HashSet<>();
    private final Set<DialledAddress> addresses = new HashSet<>();
    private final Set<ObjectKey> services = new HashSet<>();
    private final Set<ObjectRef> policies = new HashSet<>();

    Touched() {}

    /** Whether all plans may differ. */
    public boolean everything() {
        return everything;
    }

    /** UIDs of meshed pods that came, went or changed, or whose own ports did. */
    public Set<String> pods() {
        return pods;
    }

    /** Accounts whose pods may be called by others than before. */
    public Set<ServiceAccount> callees() {
        return callees;
    }

    /** Accounts that may call other addresses than before, or the same with other endpoints behind them. */
    public Set<ServiceAccount> callers() {
        return callers;
    }

    /** Accounts that may reach other destinations outside the mesh than before. */
    public Set<ServiceAccount> leavers() {
        return leavers;
    }

    /** Accounts whose requests may be tried again otherwise than before. */
    public Set<ServiceAccount> retriers() {
        return retriers;
    }

    /** Addresses behind which something changed; whoever has asked for one of them depends on it. */
    public Set<DialledAddress> addresses() {
        return addresses;
    }

    /** Services whose ports or endpoints changed; whoever has asked for one of them by name depends on it. */
    public Set<ObjectKey> services() {
        return services;
    }

    /** Policies that are not as they were, whether that makes a difference to anybody or not. */
    Set<ObjectRef> policies() {
        return policies;
    }

    /** Whether nothing changed for anybody. */
    public boolean nothing() {
        return !everything
                && pods.isEmpty()
                && callees.isEmpty()
                && callers.isEmpty()
                && leavers.isEmpty()
                && retriers.isEmpty()
                && addresses.isEmpty()
                && services.isEmpty();
    }

    void all() {
        everything = true;
    }
}
