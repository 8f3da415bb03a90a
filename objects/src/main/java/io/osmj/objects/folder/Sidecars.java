package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.Problem;
import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.InjectionResult;
import io.osmj.injector.Injector;
import io.osmj.injector.request.InjectionRequest;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import io.osmj.objects.read.Mesh;
import java.util.List;
import java.util.Optional;

/** Gives pods their sidecar as the webhook would: with the same injector. What its image is does not matter here. */
final class Sidecars {
    private static final String ANY_IMAGE = "sidecar";

    private final Injector injector = new Injector();
    private final MeshSettings settings;
    private final MeshFacts facts;

    Sidecars(Mesh mesh, MeshSettings settings) {
        this.settings = settings;
        this.facts = new MeshFacts(mesh.name(), mesh.namespace(), ANY_IMAGE, ANY_IMAGE, "IfNotPresent", "", true);
    }

    /**
     * What became of a pod.
     *
     * @param pod as it would run; empty when it would be refused
     * @param reason why it has no sidecar; empty when it has one
     * @param problems why it was refused, or what its owner should know
     */
    record Outcome(Optional<ObjectNode> pod, String reason, List<Problem> problems) {}

    Outcome give(ObjectNode pod, NamespaceFacts namespace) {
        String uid = pod.path("metadata").path("uid").asText();
        InjectionRequest request = new InjectionRequest(namespace, settings, facts, uid);
        return switch (injector.inject(pod, request)) {
            case InjectionResult.Untouched(String reason) -> new Outcome(Optional.of(pod), reason, List.of());
            case InjectionResult.Patched patched -> new Outcome(Optional.of(patched.pod()), "", patched.warnings());
            case InjectionResult.Refused(List<Problem> problems) ->
                new Outcome(Optional.empty(), "The pod would be refused.", problems);
        };
    }
}
