package io.osmj.cli.offline;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.MeshModel;
import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.state.ClusterState;
import io.osmj.objects.folder.Folder;
import io.osmj.objects.folder.FolderState;
import io.osmj.objects.folder.LocatedProblem;
import io.osmj.objects.read.Mesh;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder and all that the control plane's pure steps make of it.
 *
 * @param folder as it was read
 * @param seen the state, and where its objects are written
 * @param model what the mesh decided
 * @param plans the plan of each meshed pod, by {@code namespace/name}
 * @param problems of all steps, sorted by file and line
 */
public record Pipeline(
        Folder folder,
        FolderState seen,
        MeshModel model,
        SortedMap<String, ProxyPlan> plans,
        List<LocatedProblem> problems) {
    public Pipeline {
        plans = Collections.unmodifiableSortedMap(plans);
        problems = List.copyOf(problems);
    }

    /** Takes the folder through all steps. */
    public static Pipeline of(Folder folder, Mesh names) {
        FolderState seen = FolderState.of(folder, names);
        List<LocatedProblem> problems = new ArrayList<>(seen.problems());
        MeshIndex mesh = MeshIndex.of(seen.state());
        mesh.problems().forEach(problem -> problems.add(seen.located(problem)));
        SortedMap<String, ProxyPlan> plans = new TreeMap<>();
        Planner planner = new Planner(mesh);
        MeshModel model = mesh.model();
        // As if every proxy had asked for every address.
        model.pods()
                .forEach((uid, pod) -> planner.plan(uid, mesh.addresses().all())
                        .ifPresent(plan -> plans.put(pod.namespace() + "/" + pod.name(), plan)));
        return new Pipeline(
                folder,
                seen,
                model,
                plans,
                problems.stream().sorted().distinct().toList());
    }

    /** What was seen. */
    public ClusterState state() {
        return seen.state();
    }
}
