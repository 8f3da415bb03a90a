package io.osmj.objects.folder;

import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.state.ClusterState;
import io.osmj.objects.read.Mesh;
import io.osmj.objects.read.StateReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state of the cluster that a folder describes. */
public final class FolderState {
    private final ClusterState state;
    private final List<LocatedProblem> problems;
    private final Map<ObjectRef, Origin> origins;
    private final Map<String, String> withoutSidecar;
    private final Membership membership;

    private FolderState(ClusterState state, List<LocatedProblem> problems, Scene scene) {
        this.state = state;
        this.problems = List.copyOf(problems);
        this.origins = scene.origins();
        this.withoutSidecar = scene.withoutSidecar();
        this.membership = scene.membership();
    }

    /**
     * Where an object that the mesh speaks of is written.
     *
     * @param source the object in the folder
     * @param prefix what stands before its fields there; {@code spec.template.} for the pod of a workload
     */
    record Origin(SourceObject source, String prefix) {}

    /** The state, and all that is wrong with the folder and the objects in it. */
    public static FolderState of(Folder folder, Mesh mesh) {
        Scene scene = new Scene(mesh, folder.objects(), folder.refused());
        Outcome<ClusterState> read = StateReader.read(mesh.trustDomain(), scene.observed());
        FolderState unjudged = new FolderState(read.value(), List.of(), scene);
        List<LocatedProblem> all = new ArrayList<>(folder.problems());
        scene.problems().forEach(problem -> all.add(unjudged.located(problem)));
        read.problems().forEach(problem -> all.add(unjudged.located(problem)));
        return new FolderState(read.value(), once(all), scene);
    }

    /** What was seen. */
    public ClusterState state() {
        return state;
    }

    /** All that is wrong so far, sorted. */
    public List<LocatedProblem> problems() {
        return problems;
    }

    /** Why a pod, {@code namespace/name}, has no sidecar, one sentence each. */
    public Map<String, String> withoutSidecar() {
        return withoutSidecar;
    }

    /** Why a namespace does not belong to the mesh, and how to add it; empty when it belongs. */
    public Optional<String> outside(String namespace) {
        return membership.outside(namespace);
    }

    /** Where an object is written, as {@code file:line}; empty when it is not in the folder. */
    public Optional<String> whereIs(ObjectRef object) {
        return Optional.ofNullable(origins.get(object)).map(origin -> {
            Place place = origin.source().place();
            return place.file() + ":" + place.line();
        });
    }

    /** A problem that a later step found, with the place of its object; without one where no object of the folder is meant. */
    public LocatedProblem located(Problem problem) {
        Origin origin = origins.get(problem.object());
        if (origin == null) {
            return new LocatedProblem(problem, "", 0);
        }
        Place place = origin.source().place();
        String field = problem.field().isEmpty() ? "" : origin.prefix() + problem.field();
        return new LocatedProblem(problem, place.file(), place.lineOf(field));
    }

    /** The replicas of a workload have the same faults; one is enough. */
    private static List<LocatedProblem> once(List<LocatedProblem> all) {
        Map<Object, LocatedProblem> first = new LinkedHashMap<>();
        all.stream().sorted().forEach(problem -> first.putIfAbsent(fault(problem), problem));
        return List.copyOf(first.values());
    }

    private static Object fault(LocatedProblem located) {
        Problem problem = located.problem();
        Object who = problem.object().kind().equals("Pod") ? "Pod" : problem.object();
        return List.of(located.file(), located.line(), who, problem.code(), problem.field(), problem.message());
    }
}
