package io.osmj.core.compile;

import io.osmj.core.policy.SplitRule;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.service.MeshService;
import io.osmj.core.service.Share;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Function;

/**
 * Joins a split rule with the services it names. As in OSM a port is shared out among the backends' ports of the same number,
 * a backend without such a port is passed over, and a split of a backend is not followed.
 */
final class SplitCompiler {
    private final SplitRule rule;
    private final List<MeshService> ports;
    private final Function<ObjectKey, List<MeshService>> services;
    private final List<Problem> problems = new ArrayList<>();

    private SplitCompiler(SplitRule rule, List<MeshService> ports, Function<ObjectKey, List<MeshService>> services) {
        this.rule = rule;
        this.ports = ports;
        this.services = services;
    }

    /**
     * The ports of a service, shared out by the first of its rules. A port that no backend with a weight has stays as it was.
     *
     * @param rules of the service; not empty
     * @param ports of the service
     * @param services finds the ports of a service as they are without splits
     */
    static Outcome<List<MeshService>> compile(
            NavigableSet<SplitRule> rules, List<MeshService> ports, Function<ObjectKey, List<MeshService>> services) {
        SplitCompiler compiler = new SplitCompiler(rules.first(), ports, services);
        rules.stream().skip(1).forEach(compiler::second);
        if (!compiler.usable()) {
            return new Outcome<>(ports, compiler.problems);
        }
        compiler.backends();
        return new Outcome<>(ports.stream().map(compiler::sharedOut).toList(), compiler.problems);
    }

    private void second(SplitRule other) {
        problems.add(new Problem(
                ProblemCode.M2015,
                other.origin(),
                "spec.service",
                rule.origin() + " shares out the calls of service " + rule.service()
                        + " too and is the first by name, so this one has no effect.",
                "Keep one of them and write all backends into it."));
    }

    private boolean usable() {
        if (ports.isEmpty()) {
            problem(
                    "spec.service",
                    "There is no service " + name(rule.service()) + " with a port that the mesh carries.",
                    "Name the service that clients call.");
        } else if (ports.getFirst().headless()) {
            problem(
                    "spec.service",
                    "Service " + name(rule.service()) + " is headless: clients call its pods and not the service.",
                    "Name a service with a cluster IP.");
        } else {
            return true;
        }
        return false;
    }

    private void backends() {
        for (int index = 0; index < rule.backends().size(); index++) {
            String service = rule.backends().get(index).service();
            String field = "spec.backends[" + index + "].service";
            if (of(service).isEmpty()) {
                problem(
                        field,
                        "There is no service " + name(service) + " with a port that the mesh carries, so the other"
                                + " backends get its share.",
                        "Create it or correct the name.");
                continue;
            }
            ports.stream()
                    .filter(port -> port(service, port.port()).isEmpty())
                    .forEach(port -> problem(
                            field,
                            "Service " + name(service) + " has no port " + port.port() + ", so it gets no calls of that"
                                    + " port of " + rule.service() + ".",
                            "Give it a port of the same number; its target port may be another."));
        }
    }

    private MeshService sharedOut(MeshService port) {
        List<Share> shares = rule.backends().stream()
                .flatMap(backend -> port(backend.service(), port.port()).stream()
                        .map(own -> new Share(backend.service(), backend.weight(), own.endpoints())))
                .toList();
        return shares.stream().anyMatch(share -> share.weight() > 0) ? port.sharedOut(shares) : port;
    }

    private Optional<MeshService> port(String service, int number) {
        return of(service).stream().filter(port -> port.port() == number).findFirst();
    }

    private List<MeshService> of(String service) {
        return services.apply(new ObjectKey(rule.namespace(), service));
    }

    private String name(String service) {
        return rule.namespace() + "/" + service;
    }

    private void problem(String field, String message, String remedy) {
        problems.add(new Problem(ProblemCode.M2014, rule.origin(), field, message, remedy));
    }
}
