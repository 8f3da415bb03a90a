package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.problem.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why no rule is a grant: the rules about an account, and what each of them lacks. Words only; the verdict stands before. */
final class NearMisses {
    private final Pipeline pipeline;
    private final ServiceAccount callee;
    private final int port;

    NearMisses(Pipeline pipeline, ServiceAccount callee, int port) {
        this.pipeline = pipeline;
        this.callee = callee;
        this.port = port;
    }

    List<Reason> of(ServiceAccount caller, boolean http, Request request) {
        List<Reason> reasons = new ArrayList<>();
        List<AllowRule> about = pipeline.model().rules().stream()
                .filter(rule -> rule.destination().equals(callee))
                .toList();
        for (AllowRule rule : about) {
            reasons.add(new Reason(
                    rule.origin() + " " + lack(rule, caller, http, request),
                    Optional.of(rule.origin()),
                    pipeline.seen().whereIs(rule.origin())));
        }
        if (about.isEmpty()) {
            reasons.add(Reason.of("No traffic target is about service account " + callee
                    + ", so in strict mode nobody may" + " call it."));
        }
        faulty(about).forEach(reasons::add);
        return reasons;
    }

    private String lack(AllowRule rule, ServiceAccount caller, boolean http, Request request) {
        if (!rule.sources().contains(caller)) {
            String sources = String.join(
                    ", ", rule.sources().stream().map(ServiceAccount::toString).toList());
            return "lets " + (sources.isEmpty() ? "nobody" : sources) + " call, and not " + caller + ".";
        }
        if (!http) {
            return switch (rule.tcp()) {
                case TcpAllowance.Ports(List<Integer> ports) -> "opens " + named(ports) + ", and not " + port + ".";
                default -> "opens no port: what its rules name could not be found.";
            };
        }
        if (rule.http().isEmpty()) {
            return "allows no HTTP request: its rules name no match of a route group, and the port speaks HTTP.";
        }
        return "allows other requests: "
                + String.join(
                        "; ",
                        rule.http().stream().map(match -> miss(match, request)).toList())
                + ".";
    }

    private static String named(List<Integer> ports) {
        return ports.size() == 1 ? "port " + ports.getFirst() : "the ports " + ports;
    }

    private static String miss(HttpMatch match, Request request) {
        List<String> misses = request.misses(match);
        return misses.isEmpty() ? Matches.words(match) : String.join(" and ", misses);
    }

    /** Traffic targets in the folder that became no rule at all; what is wrong with them is a problem of theirs. */
    private Stream<Reason> faulty(List<AllowRule> about) {
        return pipeline.problems().stream()
                .filter(located -> located.problem().object().kind().equals("TrafficTarget"))
                .filter(located -> about.stream()
                        .noneMatch(
                                rule -> rule.origin().equals(located.problem().object())))
                .map(located -> {
                    ObjectRef object = located.problem().object();
                    return new Reason(
                            object + " has a fault and may be without effect: "
                                    + located.problem().message(),
                            Optional.of(object),
                            pipeline.seen().whereIs(object));
                });
    }
}
