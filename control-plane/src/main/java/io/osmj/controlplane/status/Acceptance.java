package io.osmj.controlplane.status;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The condition {@code Accepted} of the objects the mesh reads: false as soon as anything is wrong with an object, with all of
 * it in the message. What could be used of it is used all the same.
 */
public final class Acceptance implements Runnable {
    private static final String TYPE = "Accepted";
    private static final int LONGEST_MESSAGE = 4_000;

    /** Server-side apply, so that conditions of others stay as they are. */
    private static final PatchContext OURS = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("osm-controller")
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Supplier<List<GenericKubernetesResource>> objects;
    private final ProblemBoard board;
    private final InstantSource clock;

    /**
     * A writer of conditions.
     *
     * @param objects those whose condition is ours, in the versions of which the board speaks
     */
    public Acceptance(
            KubernetesClient client,
            Supplier<List<GenericKubernetesResource>> objects,
            ProblemBoard board,
            InstantSource clock) {
        this.client = client;
        this.objects = objects;
        this.board = board;
        this.clock = clock;
    }

    @Override
    public void run() {
        List<GenericKubernetesResource> judged = objects.get();
        // Pods come and go, and an object that names their account is as good without them.
        Map<ObjectRef, List<Problem>> problems = board.all().stream()
                .filter(problem -> problem.code() != ProblemCode.M2017)
                .collect(groupingBy(Problem::object));
        // The board speaks of the versions that were there before it was read and are still.
        Set<String> versions = objects.get().stream().map(Acceptance::version).collect(toSet());
        for (GenericKubernetesResource object : judged) {
            if (!versions.contains(version(object))) {
                continue;
            }
            ObjectRef ref = new ObjectRef(
                    object.getKind(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName());
            Optional<Condition> stands = standing(object);
            List<Problem> own = problems.getOrDefault(ref, List.of());
            Condition wanted = wanted(object, own, stands);
            Map<String, String> words = StatusWords.words(object, own);
            if (!stands.equals(Optional.of(wanted)) || !StatusWords.stands(object, words)) {
                write(object, wanted, words);
            }
        }
    }

    private static String version(GenericKubernetesResource object) {
        return object.getMetadata().getUid() + " " + object.getMetadata().getGeneration();
    }

    private Condition wanted(GenericKubernetesResource object, List<Problem> problems, Optional<Condition> stands) {
        String status = problems.isEmpty() ? "True" : "False";
        String since = stands.filter(condition -> condition.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(TYPE)
                .withStatus(status)
                .withObservedGeneration(object.getMetadata().getGeneration())
                .withLastTransitionTime(since)
                .withReason(
                        problems.isEmpty() ? TYPE : problems.getFirst().code().name())
                .withMessage(problems.isEmpty() ? "The mesh works by this object." : message(problems))
                .build();
    }

    private static String message(List<Problem> problems) {
        String text = problems.stream()
                .map(problem ->
                        problem.code() + " " + problem.field() + ": " + problem.message() + " " + problem.remedy())
                .collect(joining("\n"));
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
    }

    private Optional<Condition> standing(GenericKubernetesResource object) {
        List<Condition> conditions = object.get("status", "conditions") instanceof List<?> list
                ? list.stream()
                        .map(item -> client.getKubernetesSerialization().convertValue(item, Condition.class))
                        .toList()
                : List.of();
        return conditions.stream()
                .filter(condition -> TYPE.equals(condition.getType()))
                .findFirst();
    }

    private void write(GenericKubernetesResource object, Condition condition, Map<String, String> words) {
        Map<String, Object> status = new TreeMap<>(words);
        status.put("conditions", List.of(condition));
        client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion(object.getApiVersion())
                        .withKind(object.getKind())
                        .withNewMetadata()
                        .withNamespace(object.getMetadata().getNamespace())
                        .withName(object.getMetadata().getName())
                        .endMetadata()
                        .addToAdditionalProperties("status", status)
                        .build())
                .subresource("status")
                .patch(OURS);
    }
}
