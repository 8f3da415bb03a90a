package io.osmj.core.plan;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.HttpMatch;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins the egress rules for one account, port by port. OSM made a virtual host and a filter chain for each rule, and Envoy refused
 * all of them where two rules named the same.
 */
final class ExitPlanner {
    private final Map<Integer, Joined> ports = new TreeMap<>();

    private ExitPlanner() {}

    private record Joined(Set<Cidr> ranges, Map<String, Set<HttpMatch>> http, Set<String> tls) {
        Joined() {
            this(new TreeSet<>(), new TreeMap<>(), new TreeSet<>());
        }
    }

    /** The exits that these rules come to, sorted by port. */
    static List<Exit> exits(Collection<EgressRule> rules) {
        ExitPlanner planner = new ExitPlanner();
        rules.forEach(planner::add);
        return planner.ports.entrySet().stream()
                .map(entry -> exit(entry.getKey(), entry.getValue()))
                .filter(exit -> exit.byName() || !exit.ranges().isEmpty())
                .toList();
    }

    private void add(EgressRule rule) {
        for (EgressRule.Port port : rule.ports()) {
            Joined joined = ports.computeIfAbsent(port.number(), _ -> new Joined());
            switch (port.by()) {
                case HTTP_HOST ->
                    rule.hosts()
                            .forEach(host -> joined.http()
                                    .computeIfAbsent(host, _ -> new LinkedHashSet<>())
                                    .addAll(rule.http()));
                case TLS_NAME -> joined.tls().addAll(rule.hosts());
                case ADDRESS ->
                    joined.ranges().addAll(rule.ranges().isEmpty() ? List.of(Cidr.EVERYTHING) : rule.ranges());
            }
        }
    }

    /** Where every address is reached as it is, no name opens anything more. */
    private static Exit exit(int port, Joined joined) {
        if (joined.ranges().contains(Cidr.EVERYTHING)) {
            return new Exit(port, List.of(Cidr.EVERYTHING), List.of(), List.of());
        }
        return new Exit(
                port,
                joined.ranges().stream()
                        .filter(range ->
                                joined.ranges().stream().noneMatch(other -> !other.equals(range) && other.holds(range)))
                        .toList(),
                joined.http().entrySet().stream()
                        .filter(host -> !host.getValue().isEmpty())
                        .map(host -> new Exit.Host(host.getKey(), requests(host.getValue())))
                        .toList(),
                List.copyOf(joined.tls()));
    }

    private static List<HttpMatch> requests(Set<HttpMatch> matches) {
        return matches.contains(HttpMatch.ANY) ? List.of(HttpMatch.ANY) : List.copyOf(matches);
    }
}
