package io.osmj.injector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import io.osmj.core.intercept.Interception;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.injector.annotation.PodAnnotations;
import io.osmj.injector.bootstrap.BootstrapArguments;
import io.osmj.injector.decide.Decision;
import io.osmj.injector.decide.InjectionDecision;
import io.osmj.injector.intercept.InterceptionCheck;
import io.osmj.injector.patch.SidecarPatch;
import io.osmj.injector.patch.SizeCheck;
import io.osmj.injector.pod.Pod;
import io.osmj.injector.request.InjectionRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Gives pods their sidecar. One may serve all threads, and is the faster the more pods it has seen of a mesh. */
public final class Injector {
    private static final EnumSet<DiffFlags> PLAIN =
            EnumSet.of(DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION);

    private final BootstrapArguments bootstraps = new BootstrapArguments();

    /**
     * Decides about a pod that is being created and, where it belongs to the mesh, gives it its sidecar.
     *
     * <p>A pod that has been here already is given back as it is, unless it or the settings have changed since: the API
     * server calls again when another webhook has changed the pod, and copies of running pods come with their sidecar.
     *
     * @param tree the object of the admission request; never changed
     */
    public InjectionResult inject(ObjectNode tree, InjectionRequest request) {
        Pod pod = new Pod(tree, request.namespace().name());
        return switch (InjectionDecision.of(pod, request)) {
            case Decision.Leave(String reason) -> new InjectionResult.Untouched(reason);
            case Decision.Refuse(List<Problem> problems) ->
                new InjectionResult.Refused(
                        joined(problems, PodAnnotations.read(pod).problems()));
            case Decision.Inject() -> patch(pod, request);
        };
    }

    private InjectionResult patch(Pod pod, InjectionRequest request) {
        Outcome<Interception> own = PodAnnotations.read(pod);
        Interception lists = request.settings().traffic().interception().union(own.value());
        List<Problem> faults = Stream.concat(
                        own.problems().stream(), InterceptionCheck.problems(lists, pod.ref()).stream())
                .toList();
        if (!faults.isEmpty()) {
            return new InjectionResult.Refused(faults);
        }
        Outcome<ObjectNode> patched = SidecarPatch.apply(pod, request, lists, bootstraps);
        List<Problem> tooLarge = SizeCheck.problems(patched.value(), pod);
        if (!tooLarge.isEmpty()) {
            return new InjectionResult.Refused(tooLarge);
        }
        ArrayNode difference = (ArrayNode) JsonDiff.asJson(pod.tree(), patched.value(), PLAIN);
        return new InjectionResult.Patched(difference, patched.value(), patched.problems());
    }

    private static List<Problem> joined(List<Problem> first, List<Problem> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
