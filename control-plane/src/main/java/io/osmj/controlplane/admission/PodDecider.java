package io.osmj.controlplane.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.Problem;
import io.osmj.injector.InjectionResult;
import io.osmj.injector.Injector;
import io.osmj.injector.request.InjectionRequest;
import io.osmj.injector.request.NamespaceFacts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives pods that are created their sidecar, or refuses them: a pod of the mesh is never let through without. */
final class PodDecider implements Decider {
    private static final Logger LOG = LoggerFactory.getLogger(PodDecider.class);

    private final Injector injector;
    private final AdmissionFacts facts;
    private final Function<String, Optional<NamespaceFacts>> namespaces;
    private final Supplier<UUID> uuids;

    PodDecider(
            Injector injector,
            AdmissionFacts facts,
            Function<String, Optional<NamespaceFacts>> namespaces,
            Supplier<UUID> uuids) {
        this.injector = injector;
        this.facts = facts;
        this.namespaces = namespaces;
        this.uuids = uuids;
    }

    @Override
    public Decision decide(Review review) {
        ObjectNode pod = review.object();
        if (!review.operation().equals("CREATE") || !review.subresource().isEmpty()) {
            return Decision.Allowed.SILENTLY;
        }
        if (pod == null || !review.kind().equals("Pod") || !review.group().isEmpty()) {
            return new Decision.Denied("The injector was asked about " + review.kind()
                    + ", but only pods get a sidecar; correct the rules of the webhook configuration.");
        }
        Optional<NamespaceFacts> namespace = namespaces.apply(review.namespace());
        if (namespace.isEmpty()) {
            return new Decision.Denied("There is no namespace '" + review.namespace() + "' to create the pod in.");
        }
        return decide(pod, namespace.get());
    }

    private Decision decide(ObjectNode pod, NamespaceFacts namespace) {
        InjectionRequest request = new InjectionRequest(
                namespace, facts.settings(), facts.mesh(), uuids.get().toString());
        return switch (injector.inject(pod, request)) {
            case InjectionResult.Untouched untouched -> {
                LOG.debug("A pod in {} gets no sidecar: {}", namespace.name(), untouched.reason());
                yield Decision.Allowed.SILENTLY;
            }
            case InjectionResult.Patched patched
            when patched.patch().isEmpty() -> new Decision.Allowed(Wording.lines(patched.warnings()));
            case InjectionResult.Patched patched ->
                new Decision.Patched(patched.patch(), Wording.lines(patched.warnings()));
            case InjectionResult.Refused refused -> denied(refused.problems());
        };
    }

    private static Decision denied(List<Problem> problems) {
        return new Decision.Denied(Wording.refusal("The mesh cannot give this pod a sidecar", problems));
    }
}
