package io.osmj.core.compile;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.service.MeshService;
import io.osmj.core.state.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The retry rules, and where they bind: in the sidecars of those whose requests they speak of. */
public final class RetriedTraffic {
    private final RetryIndex rules = new RetryIndex();
    private final ClaimIndex claims;
    private final Function<ObjectKey, List<MeshService>> services;

    /** @param services finds the ports of a service, as calls of it are shared out */
    RetriedTraffic(ClaimIndex claims, Function<ObjectKey, List<MeshService>> services) {
        this.claims = claims;
        this.services = services;
    }

    /** Takes over how rules are now; tells whether any differs. */
    boolean take(Map<ObjectRef, Optional<RetryRule>> seen, boolean whole, Touched touched) {
        return rules.take(seen, whole, touched);
    }

    /** A service says something else than before. What it says of an address may be what another one speaks there. */
    void changed(ObjectKey service, ClaimIndex.Difference difference, Touched touched) {
        if (!rules.isEmpty()) {
            rules.changed(service, touched);
            difference
                    .addresses()
                    .forEach(address -> claims.services(address).forEach(other -> rules.changed(other, touched)));
        }
    }

    /** The rules by which requests of this account are tried again, the first that counts first; if the settings say so. */
    public List<RetryRule> of(ServiceAccount account) {
        return rules.of(account);
    }

    Collection<RetryRule> unsorted() {
        return rules.unsorted();
    }

    List<RetryRule> all() {
        return rules.all();
    }

    /** @param on whether the settings say that rules take effect */
    List<Problem> problems(boolean on) {
        return unsorted().stream()
                .flatMap(rule -> (on
                                ? RetryCheck.problems(rule, of(rule.source()), services)
                                : List.of(RetryCheck.switchedOff(rule)))
                        .stream())
                .toList();
    }
}
