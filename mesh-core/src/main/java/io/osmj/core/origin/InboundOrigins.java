package io.osmj.core.origin;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.Rate;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.Claim;
import io.osmj.core.state.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects behind what a pod's proxy does with what comes to it. */
final class InboundOrigins {
    private final MeshIndex mesh;
    private final PodState pod;

    InboundOrigins(MeshIndex mesh, PodState pod) {
        this.mesh = mesh;
        this.pod = pod;
    }

    /** Who may send which requests to an HTTP port, and how many of them. */
    List<Source> requests(int port) {
        List<Source> found = new ArrayList<>();
        if (!mesh.settings().traffic().permissive()) {
            mesh.rulesTo(pod.account()).stream()
                    .filter(rule -> !rule.http().isEmpty())
                    .forEach(rule -> rule(rule, found));
        }
        mesh.limits().rule(pod, port).ifPresent(rule -> found.add(source(rule.origin(), words(rule))));
        ingress(port).forEach(found::add);
        found.addAll(services(port));
        return found;
    }

    /** Who may connect to a port, and how often. Requests are no affair of it. */
    List<Source> connections(int port, Claim claim) {
        List<Source> found = new ArrayList<>();
        if (!claim.http() && !mesh.settings().traffic().permissive()) {
            mesh.rulesTo(pod.account()).stream()
                    .filter(rule -> rule.tcp().opens(port))
                    .forEach(rule -> rule(rule, found));
        }
        mesh.limits()
                .rule(pod, port)
                .filter(rule -> !rule.rates().connections().equals(Rate.UNLIMITED))
                .ifPresent(rule -> found.add(source(rule.origin(), List.of())));
        if (claim.http()) {
            ingress(port).forEach(found::add);
        }
        return found;
    }

    /** Who says that there is such a port. */
    List<Source> services(int port) {
        return Optional.ofNullable(mesh.portsOf(pod).get(port)).map(Claim::service).stream()
                .map(service -> source(
                        new ObjectRef("Service", service.namespace(), service.name()),
                        List.of(service.label(), service.fqdn())))
                .toList();
    }

    /** A route object is as new as the rule that it is a part of; which of both was written is not known here. */
    private void rule(AllowRule rule, List<Source> found) {
        long changed = mesh.changed(rule.origin());
        rule.routes().forEach(route -> found.add(new Source(route.object(), route.words(), changed)));
        Stream<String> peers = rule.sources().stream()
                .map(source -> source.in(mesh.trustDomain()).uri());
        found.add(source(
                rule.origin(),
                Stream.concat(Stream.of(rule.origin().toString()), peers).toList()));
    }

    private Stream<Source> ingress(int port) {
        return mesh.ingress().to(pod, port).stream().map(ingress -> source(ingress.origin(), words(ingress)));
    }

    private static List<String> words(Ingress ingress) {
        return Stream.of(
                        Stream.of(ingress.label()),
                        ingress.serverNames().stream(),
                        ingress.clients().stream().map(client -> client.uri()))
                .flatMap(words -> words)
                .toList();
    }

    private static List<String> words(LimitRule rule) {
        return rule.rates().requests().stream().flatMap(InboundOrigins::words).toList();
    }

    private static Stream<String> words(RequestLimit limit) {
        return Stream.concat(
                Stream.of(limit.pathRegex()),
                limit.headers().stream().flatMap(header -> Stream.of(header.name(), header.value())));
    }

    private Source source(ObjectRef object, List<String> words) {
        return new Source(object, words, mesh.changed(object));
    }
}
