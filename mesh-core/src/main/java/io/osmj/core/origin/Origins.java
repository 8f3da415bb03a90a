package io.osmj.core.origin;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.Endpoint;
import io.osmj.core.service.MeshService;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.state.ObjectKey;
import io.osmj.core.state.PodState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code (mesh, pod, part) -> objects}: the way back from what a proxy is told. */
public final class Origins {
    private final MeshIndex mesh;
    private final ObjectRef meshConfig;
    private final PodState pod;
    private final Map<ObjectRef, Source> found = new LinkedHashMap<>();

    private Origins(MeshIndex mesh, ObjectRef meshConfig, PodState pod) {
        this.mesh = mesh;
        this.meshConfig = meshConfig;
        this.pod = pod;
    }

    /**
     * The objects that a part of what a pod's proxy is told is made of, those that say most of it first. Empty where there are none:
     * then it is the mesh's own doing.
     *
     * @param meshConfig what the settings of the mesh are written in
     */
    public static List<Source> of(MeshIndex mesh, ObjectRef meshConfig, String podUid, Part part) {
        return mesh.pod(podUid)
                .map(pod -> new Origins(mesh, meshConfig, pod).of(part))
                .orElse(List.of());
    }

    private List<Source> of(Part part) {
        switch (part) {
            case Part.Destination(DialledAddress address) -> destination(address);
            case Part.Named(var port) ->
                mesh.service(port).ifPresent(service -> service(service.identity(), service.answering()));
            case Part.Retried _ -> retries();
            case Part.InboundRequests(int port) -> add(new InboundOrigins(mesh, pod).requests(port));
            case Part.Application(int port) -> add(new InboundOrigins(mesh, pod).services(port));
            case Part.InboundConnections _ -> inboundConnections();
            case Part.WayOut(int port) -> egress(rule -> opens(rule, port));
            case Part.Host(String name, int port) ->
                egress(rule -> opens(rule, port) && rule.hosts().contains(name));
            case Part.Frame _ -> accessLog();
            case Part.Unknown _ -> {}
        }
        return List.copyOf(found.values());
    }

    private void add(Collection<Source> sources) {
        sources.forEach(source -> found.merge(source.object(), source, Source::and));
    }

    private void add(ObjectRef object, List<String> words) {
        add(List.of(new Source(object, words, mesh.changed(object))));
    }

    private void destination(DialledAddress address) {
        mesh.addresses()
                .at(address)
                .ifPresentOrElse(
                        claim -> service(claim.service(), claim.endpoints()),
                        () -> egress(rule -> opens(rule, address.port())));
    }

    /** A name of a service, its limits, who answers for it, and what is spoken with them. */
    private void service(MeshService.Identity service, List<Endpoint> endpoints) {
        ObjectKey key = new ObjectKey(service.namespace(), service.name());
        mesh.limits().rule(service).ifPresent(rule -> add(rule.origin(), List.of()));
        mesh.split(key)
                .ifPresent(split -> add(
                        split.origin(),
                        split.backends().stream()
                                .map(backend -> backend.service())
                                .toList()));
        if (endpoints.stream().anyMatch(Endpoint::meshed)) {
            tls();
        }
        add(
                new ObjectRef("Service", service.namespace(), service.name()),
                Stream.concat(
                                Stream.of(service.fqdn(), service.label()),
                                endpoints.stream().map(Endpoint::address))
                        .toList());
    }

    private void retries() {
        if (mesh.settings().retries()) {
            mesh.retries().of(pod.account()).forEach(rule -> add(rule.origin(), words(rule)));
        }
    }

    private static List<String> words(RetryRule rule) {
        return Stream.concat(Stream.of(rule.origin().toString()), rule.policy().on().stream())
                .toList();
    }

    private void inboundConnections() {
        InboundOrigins inbound = new InboundOrigins(mesh, pod);
        Map<Integer, Claim> ports = mesh.portsOf(pod);
        ports.forEach((port, claim) -> add(inbound.connections(port, claim)));
        tls();
        accessLog();
        ports.keySet().forEach(port -> add(inbound.services(port)));
    }

    private void egress(Predicate<EgressRule> concerned) {
        if (mesh.settings().traffic().egress()) {
            add(meshConfig, mesh.settingsChanged(), List.of());
            return;
        }
        mesh.egressOf(pod.account()).stream().filter(concerned).forEach(rule -> {
            rule.routes()
                    .forEach(route ->
                            add(List.of(new Source(route.object(), route.words(), mesh.changed(rule.origin())))));
            add(
                    rule.origin(),
                    Stream.concat(Stream.of(rule.origin().toString()), rule.hosts().stream())
                            .toList());
        });
    }

    private static boolean opens(EgressRule rule, int port) {
        return rule.ports().stream().anyMatch(each -> each.number() == port);
    }

    private void tls() {
        SidecarSettings.Tls tls = mesh.settings().sidecar().tls();
        if (!tls.equals(SidecarSettings.Tls.DEFAULT)) {
            add(
                    meshConfig,
                    mesh.settingsChanged(),
                    Stream.concat(tls.cipherSuites().stream(), tls.ecdhCurves().stream())
                            .toList());
        }
    }

    private void accessLog() {
        if (mesh.settings().observability().accessLog() != AccessLog.ALL) {
            add(meshConfig, mesh.settingsChanged(), List.of());
        }
    }

    private void add(ObjectRef object, long changed, List<String> words) {
        add(List.of(new Source(object, words, changed)));
    }
}
