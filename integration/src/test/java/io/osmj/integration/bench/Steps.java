package io.osmj.integration.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmj.controlplane.watch.WatchedJson;
import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Planner;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.plan.Reach;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.EndpointState;
import io.osmj.core.state.StatePatch;
import io.osmj.objects.read.EndpointReader;
import io.osmj.xds.render.Renderer;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The pure steps of one change, each by itself: {@code scripts/bench steps}. The mesh is that of {@link Estate} in strict mode:
 * a service gets an endpoint more or one less, and 50 proxies call it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class Steps {
    private static final int CALLED = 100;

    private final MeshIndex mesh = new MeshIndex(TrustDomain.CLUSTER_LOCAL);
    private final Planner planner = new Planner(mesh);
    private final List<String> callers = new ArrayList<>();
    private final List<Pod> pods = PaperEstate.pods(CALLED);
    private final EndpointSlice slice = new Workload(CALLED).slice(pods);
    private final KubernetesSerialization json = WatchedJson.serialization();
    private final String event = PaperEstate.event(pods.getFirst());
    private StatePatch[] patches = {};
    private ProxyPlan plan = new ProxyPlan(
            new ServiceAccount("", "").in(TrustDomain.CLUSTER_LOCAL),
            MeshSettings.WITHOUT_MESH_CONFIG.sidecar().tls(),
            List.of(),
            new Reach(List.of(), List.of(), false),
            List.of(),
            List.of(),
            false);
    private ClusterLoadAssignment assignment = ClusterLoadAssignment.getDefaultInstance();
    private int turn;

    /** The mesh, whole. */
    @Setup
    public void fill() throws InvalidProtocolBufferException {
        planner.refresh(mesh.apply(StatePatch.whole(PaperEstate.state())));
        for (int caller = CALLED - Scale.CALLEES; caller < CALLED; caller++) {
            PaperEstate.pods(caller)
                    .forEach(pod -> callers.add(pod.getMetadata().getUid()));
        }
        patches = new StatePatch[] {
            PaperEstate.patch(CALLED, pods), PaperEstate.patch(CALLED, pods.subList(1, PaperEstate.PODS))
        };
        plan = planner.plan(callers.getFirst(), List.of()).orElseThrow();
        for (EnvoyResource resource : destination()) {
            if (resource.type() == ResourceType.ENDPOINT) {
                assignment = ClusterLoadAssignment.parseFrom(resource.body());
            }
        }
    }

    /** A pod as a watch brings it. */
    @Benchmark
    public WatchEvent decode() {
        return json.unmarshal(event, WatchEvent.class);
    }

    /** Its slice, once it is an object. */
    @Benchmark
    public List<EndpointState> read() {
        return EndpointReader.read(slice).toList();
    }

    /** Into the index, and whom it concerns. */
    @Benchmark
    public Touched patch() {
        Touched touched = mesh.apply(patches[turn++ % 2]);
        planner.refresh(touched);
        return touched;
    }

    /** The same, and the plans of all 50. */
    @Benchmark
    public List<ProxyPlan> patchAndPlan() {
        Touched _ = patch();
        return callers.stream()
                .flatMap(uid -> planner.plan(uid, List.of()).stream())
                .toList();
    }

    /** What all pods of a workload have in common. */
    @Benchmark
    public List<EnvoyResource> renderFrame() {
        return Renderer.frame(plan);
    }

    /** What a changed endpoint makes anew, for all that call it. */
    @Benchmark
    public List<EnvoyResource> renderDestination() {
        return destination();
    }

    private List<EnvoyResource> destination() {
        Destination changed = plan.destinations().getFirst();
        return Renderer.destination(changed, plan.tls());
    }

    /** One load assignment: its bytes and its version. */
    @Benchmark
    public EnvoyResource serialise() {
        return EnvoyResource.of(ResourceType.ENDPOINT, assignment.getClusterName(), assignment);
    }
}
