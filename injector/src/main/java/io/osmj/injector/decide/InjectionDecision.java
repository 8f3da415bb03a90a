package io.osmj.injector.decide;

import io.osmj.core.names.Annotations;
import io.osmj.core.names.Labels;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.injector.pod.Pod;
import io.osmj.injector.request.InjectionRequest;
import io.osmj.injector.request.NamespaceFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides about one pod, by Open Service Mesh's rules in their order. */
public final class InjectionDecision {
    private static final List<String> SYSTEM = List.of("kube-system", "kube-public");

    private InjectionDecision() {}

    /** Whether the pod gets a sidecar. Every fault of it is named, not only the first. */
    public static Decision of(Pod pod, InjectionRequest request) {
        NamespaceFacts namespace = request.namespace();
        Optional<String> never = never(pod, request);
        if (never.isPresent()) {
            return new Decision.Leave(never.get());
        }
        Switch proxyless =
                pod.annotation(Annotations.PROXYLESS).map(Switch::read).orElse(Switch.OFF);
        if (proxyless == Switch.ON) {
            return new Decision.Leave("The pod is a client of the control plane itself.");
        }
        if (proxyless == Switch.UNKNOWN) {
            return unknown(
                    Annotations.PROXYLESS, pod.annotation(Annotations.PROXYLESS).orElse(""), pod.ref());
        }
        Optional<String> own = pod.annotation(Annotations.SIDECAR_INJECTION);
        if (own.isPresent()) {
            return decide(pod, own.get(), pod.ref(), "The pod");
        }
        String ofNamespace = namespace.annotations().get(Annotations.SIDECAR_INJECTION);
        if (ofNamespace == null) {
            return new Decision.Leave("Neither the pod nor the namespace " + namespace.name() + " has the annotation "
                    + Annotations.SIDECAR_INJECTION + ".");
        }
        return decide(pod, ofNamespace, new ObjectRef("Namespace", "", namespace.name()), "The namespace");
    }

    /** Whether the sidecars of this namespace offer their metrics to Prometheus; anything unknown means no. */
    public static boolean metrics(NamespaceFacts namespace) {
        return Switch.read(namespace.annotations().getOrDefault(Annotations.METRICS, "")) == Switch.ON;
    }

    /** Whether a pod with these annotations is an xDS client itself; anything unknown means no. */
    public static boolean proxyless(Map<String, String> annotations) {
        return Switch.read(annotations.getOrDefault(Annotations.PROXYLESS, "")) == Switch.ON;
    }

    private static Optional<String> never(Pod pod, InjectionRequest request) {
        String namespace = request.namespace().name();
        String mesh = request.mesh().meshName();
        if (pod.spec().path("hostNetwork").asBoolean()) {
            return Optional.of("The pod uses the node's network, whose rules are not ours to change.");
        }
        if (SYSTEM.contains(namespace) || namespace.equals(request.mesh().meshNamespace())) {
            return Optional.of("Pods of the namespace " + namespace + " never get a sidecar.");
        }
        if (!mesh.equals(request.namespace().labels().get(Labels.MONITORED_BY))) {
            return Optional.of("The namespace " + namespace + " does not belong to the mesh " + mesh + ".");
        }
        return Optional.empty();
    }

    private static Decision decide(Pod pod, String value, ObjectRef where, String whose) {
        return switch (Switch.read(value)) {
            case ON -> admit(pod);
            case OFF -> new Decision.Leave(whose + " declines the sidecar.");
            case UNKNOWN -> unknown(Annotations.SIDECAR_INJECTION, value, where);
        };
    }

    private static Decision admit(Pod pod) {
        List<Problem> problems = Obstacles.of(pod);
        return problems.isEmpty() ? new Decision.Inject() : new Decision.Refuse(problems);
    }

    private static Decision unknown(String key, String value, ObjectRef where) {
        return new Decision.Refuse(List.of(new Problem(
                ProblemCode.M1003,
                where,
                "metadata.annotations[" + key + "]",
                "Invalid annotation value for key \"" + key + "\": " + value + ".",
                "Set it to enabled or disabled, or remove it.")));
    }
}
