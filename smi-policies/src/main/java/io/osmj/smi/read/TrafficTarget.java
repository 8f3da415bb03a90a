package io.osmj.smi.read;

import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.problem.ObjectRef;
import java.util.List;

/**
 * A TrafficTarget of {@code access.smi-spec.io/v1alpha3}: these accounts may call that one, in these ways.
 *
 * @param ref the object
 * @param destination whose pods may be called
 * @param sources who may call
 * @param rules the ways
 */
public record TrafficTarget(ObjectRef ref, ServiceAccount destination, List<ServiceAccount> sources, List<Rule> rules) {
    public TrafficTarget {
        sources = List.copyOf(sources);
        rules = List.copyOf(rules);
    }

    /** The route object that a rule of this target names. */
    public ObjectRef named(Rule rule) {
        String kind = switch (rule) {
            case HttpRule _ -> "HTTPRouteGroup";
            case TcpRule _ -> "TCPRoute";
        };
        return new ObjectRef(kind, ref.namespace(), rule.name());
    }

    /** All route objects that its rules name. */
    public List<ObjectRef> named() {
        return rules.stream().map(this::named).distinct().toList();
    }

    /** A rule points at a route object in the target's own namespace. */
    public sealed interface Rule {
        /** The name of the route object. */
        String name();
    }

    /**
     * Some matches of an HTTPRouteGroup.
     *
     * @param name the group
     * @param matches names of its matches; none means no request (OSM's rule)
     */
    public record HttpRule(String name, List<String> matches) implements Rule {
        public HttpRule {
            matches = List.copyOf(matches);
        }
    }

    /**
     * A TCPRoute.
     *
     * @param name the route
     */
    public record TcpRule(String name) implements Rule {}
}
