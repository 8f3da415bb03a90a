package io.osmj.smi.resolve;

import io.osmj.core.policy.AllowRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.smi.read.HttpRouteGroup;
import io.osmj.smi.read.TcpRoute;
import io.osmj.smi.read.TrafficTarget;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The SMI access objects as they are now and the rules they make. A change of one object works out anew only the rules of the
 * targets that name it. What the rules are does not depend on the order in which the objects came. Belongs to one thread.
 */
public final class SmiBook {
    private final Map<ObjectRef, TrafficTarget> targets = new HashMap<>();
    private final Map<ObjectRef, HttpRouteGroup> groups = new HashMap<>();
    private final Map<ObjectRef, TcpRoute> routes = new HashMap<>();
    private final Map<ObjectRef, String> refused = new HashMap<>();
    private final Map<ObjectRef, Set<ObjectRef>> targetsNaming = new HashMap<>();
    private final Map<ObjectRef, Outcome<AllowRule>> resolved = new HashMap<>();
    private final Set<ObjectRef> stale = new HashSet<>();

    /** A target is so now; empty when it is gone or takes no effect. */
    public void target(ObjectRef ref, Optional<TrafficTarget> now) {
        Optional.ofNullable(targets.remove(ref))
                .ifPresent(before -> before.named()
                        .forEach(route -> targetsNaming.computeIfPresent(route, (_, own) -> {
                            own.remove(ref);
                            return own.isEmpty() ? null : own;
                        })));
        now.ifPresent(target -> {
            targets.put(ref, target);
            target.named()
                    .forEach(route -> targetsNaming
                            .computeIfAbsent(route, _ -> new HashSet<>())
                            .add(ref));
        });
        stale.add(ref);
    }

    /** An HTTPRouteGroup is so now; empty when it is gone. */
    public void routeGroup(ObjectRef ref, Optional<HttpRouteGroup> now) {
        put(groups, ref, now);
    }

    /** A TCPRoute is so now; empty when it is gone. */
    public void tcpRoute(ObjectRef ref, Optional<TcpRoute> now) {
        put(routes, ref, now);
    }

    /**
     * A route was written and cannot be used as it is now.
     *
     * @param why where it is said what is wrong with it
     */
    public void refused(ObjectRef ref, String why) {
        refused.put(ref, why);
        stale.addAll(targetsNaming.getOrDefault(ref, Set.of()));
    }

    private <T> void put(Map<ObjectRef, T> all, ObjectRef ref, Optional<T> now) {
        now.ifPresentOrElse(route -> all.put(ref, route), () -> all.remove(ref));
        stale.addAll(targetsNaming.getOrDefault(ref, Set.of()));
    }

    /** The rules of the targets that were concerned since the last call, by the target; empty where it gives none any more. */
    public Map<ObjectRef, Optional<AllowRule>> takeChanges() {
        Map<ObjectRef, Optional<AllowRule>> changes = new TreeMap<>();
        for (ObjectRef ref : stale) {
            TrafficTarget target = targets.get(ref);
            if (target == null) {
                resolved.remove(ref);
                changes.put(ref, Optional.empty());
            } else {
                Outcome<AllowRule> rule = SmiResolver.resolve(target, groups, routes, refused);
                resolved.put(ref, rule);
                changes.put(ref, Optional.of(rule.value()));
            }
        }
        stale.clear();
        return changes;
    }

    /** What is wrong with the rules of all targets as of the last {@link #takeChanges}. */
    public List<Problem> problems() {
        return resolved.values().stream()
                .flatMap(rule -> rule.problems().stream())
                .toList();
    }
}
