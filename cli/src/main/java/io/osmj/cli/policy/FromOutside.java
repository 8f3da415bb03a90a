package io.osmj.cli.policy;

import static java.util.stream.Collectors.joining;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.policy.Verdict.Decision;
import io.osmj.cli.policy.Verdict.Reason;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.IngressProtocol;
import io.osmj.core.state.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a call to one port of one pod from outside the mesh: by an ingress backend it passes, else it does not. */
final class FromOutside {
    private final Pipeline pipeline;
    private final Caller caller;
    private final String closed;

    /** @param closed why the call does not pass of itself, one sentence */
    FromOutside(Pipeline pipeline, Caller caller, String closed) {
        this.pipeline = pipeline;
        this.caller = caller;
        this.closed = closed;
    }

    Verdict at(PodState pod, InboundPort port, String service) {
        List<Ingress> letIn = port.ingress().stream()
                .filter(ingress -> ingress.from().stream().anyMatch(range -> range.holds(caller.address())))
                .toList();
        List<Reason> reasons = letIn.stream()
                .map(ingress -> reason(ingress, " lets it in: " + words(ingress) + "."))
                .toList();
        if (!letIn.isEmpty()) {
            return letIn.stream().anyMatch(FromOutside::byAddressAlone)
                    ? new Verdict(Decision.ALLOWED, "The call passes.", reasons)
                    : new Verdict(Decision.DEPENDS, "The call passes if it shows what is asked for.", reasons);
        }
        List<Reason> lacking = new ArrayList<>(List.of(Reason.of(closed)));
        port.ingress()
                .forEach(ingress -> lacking.add(reason(
                        ingress,
                        " lets in whoever comes from " + ranges(ingress) + ", and not " + caller.address() + ".")));
        faulty(pod).forEach(lacking::add);
        lacking.add(Reason.of(remedy(pod, port, service)));
        return Verdict.denied(Verdict.CLOSED, lacking);
    }

    private static boolean byAddressAlone(Ingress ingress) {
        return ingress.protocol() != IngressProtocol.MUTUAL_HTTPS
                && ingress.serverNames().isEmpty();
    }

    private static String words(Ingress ingress) {
        String names = ingress.serverNames().isEmpty()
                ? ""
                : " that asks for server name " + String.join(" or ", ingress.serverNames());
        return switch (ingress.protocol()) {
            case HTTP -> "HTTP from " + ranges(ingress);
            case HTTPS -> "HTTPS" + names + " from " + ranges(ingress);
            case MUTUAL_HTTPS ->
                "HTTPS" + names + " from " + ranges(ingress) + ", with a certificate of "
                        + ingress.clients().stream().map(SpiffeId::uri).collect(joining(" or "));
        };
    }

    private static String ranges(Ingress ingress) {
        return ingress.from().equals(List.of(Cidr.EVERYTHING))
                ? "anywhere"
                : ingress.from().stream().map(Cidr::toString).collect(joining(", "));
    }

    private Reason reason(Ingress ingress, String text) {
        return new Reason(
                ingress.origin() + text,
                Optional.of(ingress.origin()),
                pipeline.seen().whereIs(ingress.origin()));
    }

    /** What is wrong with objects that might have been meant for this pod. */
    private Stream<Reason> faulty(PodState pod) {
        return pipeline.problems().stream()
                .map(located -> located.problem())
                .filter(problem -> problem.object().kind().equals("IngressBackend")
                        && problem.object().namespace().equals(pod.namespace()))
                .map(problem -> new Reason(
                        problem.object() + " " + problem.field() + ": " + problem.message(),
                        Optional.of(problem.object()),
                        pipeline.seen().whereIs(problem.object())));
    }

    private String remedy(PodState pod, InboundPort port, String service) {
        if (!port.http()) {
            return "The port is carried as TCP; from outside the mesh only HTTP can be let in.";
        }
        String source = pipeline.state().endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(caller.address()))
                .findFirst()
                .map(endpoint ->
                        "{kind: Service, name: " + endpoint.service() + ", namespace: " + endpoint.namespace() + "}")
                .orElse("{kind: IPRange, name: " + caller.address() + "/32}");
        return "It would pass by an IngressBackend in namespace " + pod.namespace() + " with the backend {name: "
                + service + ", port: {number: " + port.port() + ", protocol: http}} and the source " + source + ".";
    }
}
