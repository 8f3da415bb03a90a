package io.osmj.core.plan;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.compile.Touched;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.EgressRule;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;
import io.osmj.core.state.PodState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the plans of proxies from what the mesh is now. Remembers what it found out until a patch touches it: pods of one workload
 * get one and the same plan, so that whatever is made of it is made once.
 */
public final class Planner {
    /** So many plans are remembered between two patches; proxies that ask for addresses make new ones. */
    private static final int MOST = 1_024;

    private final MeshIndex mesh;
    private final InboundPlanner inbound;
    private final Resolver resolver;

    /** The plans made since the last patch. More than one for a workload where the ports of its pods differ. */
    private final Map<Workload, List<ProxyPlan>> made = new HashMap<>();

    /** Of those that leave the mesh by rules of their own. */
    private final Map<ServiceAccount, Reach> reaches = new HashMap<>();

    private Reach reach;

    private record Workload(ServiceAccount account, Set<DialledAddress> asked, Set<ServicePort> named) {}

    /** A planner for one mesh; it looks at it anew for each plan. */
    public Planner(MeshIndex mesh) {
        this.mesh = mesh;
        this.inbound = new InboundPlanner(mesh);
        this.resolver = new Resolver(mesh);
        this.reach = readReach();
    }

    private Reach readReach() {
        return new Reach(
                mesh.addresses().ranges(),
                mesh.addresses().httpPorts(),
                mesh.settings().traffic().egress());
    }

    /** While egress is open the rules say nothing, and all have one and the same reach. */
    private Reach reach(ServiceAccount account) {
        List<EgressRule> rules = reach.egress() ? List.of() : mesh.egressOf(account);
        return rules.isEmpty()
                ? reach
                : reaches.computeIfAbsent(
                        account, _ -> new Reach(reach.ranges(), reach.httpPorts(), false, ExitPlanner.exits(rules)));
    }

    /** To be told of every patch that the mesh took in, before the next plan. */
    public void refresh(Touched touched) {
        resolver.refresh(touched);
        inbound.refresh();
        made.clear();
        reaches.keySet().removeAll(touched.leavers());
        if (touched.everything()) {
            reaches.clear();
            reach = readReach();
        }
    }

    /** The plan of a pod that has asked for nothing by name. */
    public Optional<ProxyPlan> plan(String podUid, Collection<DialledAddress> asked) {
        return plan(podUid, asked, List.of());
    }

    /**
     * The plan of the pod with this UID; empty when the mesh has no such pod to serve.
     *
     * @param asked addresses that the proxy has asked for, besides those that are sent ahead
     * @param named services that were asked for by name
     */
    public Optional<ProxyPlan> plan(String podUid, Collection<DialledAddress> asked, Collection<ServicePort> named) {
        return mesh.pod(podUid)
                .map(pod -> plan(pod, new Workload(pod.account(), Set.copyOf(asked), Set.copyOf(named))));
    }

    private ProxyPlan plan(PodState pod, Workload workload) {
        if (made.size() > MOST) {
            made.clear();
        }
        List<InboundPort> ports = pod.meshed() ? inbound.ports(pod) : List.of();
        List<ProxyPlan> plans = made.computeIfAbsent(workload, _ -> new ArrayList<>(1));
        for (ProxyPlan plan : plans) {
            if (plan.metrics() == pod.metrics()
                    && plan.capture().equals(pod.capture())
                    && plan.inbound().equals(ports)) {
                return plan;
            }
        }
        ProxyPlan plan = new ProxyPlan(
                pod.account().in(mesh.trustDomain()),
                mesh.settings().sidecar().tls(),
                mesh.settings().observability().accessLog(),
                ports,
                reach(pod.account()),
                plans.isEmpty() ? destinations(workload) : plans.getFirst().destinations(),
                plans.isEmpty() ? services(workload) : plans.getFirst().services(),
                plans.isEmpty()
                        ? RetryPlanner.retries(mesh, pod.account())
                        : plans.getFirst().retries(),
                pod.metrics(),
                pod.capture());
        plans.add(plan);
        return plan;
    }

    private List<Destination> destinations(Workload workload) {
        Set<ServiceAccount> callees = Set.copyOf(mesh.callees(workload.account()));
        List<Exit> exits = reach(workload.account()).exits();
        Set<DialledAddress> addresses = new TreeSet<>(workload.asked());
        addresses.addAll(ahead(callees));
        return addresses.stream()
                .flatMap(address -> resolver.resolve(callees, exits, address).stream())
                .toList();
    }

    private List<NamedService> services(Workload workload) {
        Set<ServiceAccount> callees = Set.copyOf(mesh.callees(workload.account()));
        return workload.named().stream()
                .flatMap(port -> resolver.resolve(callees, port).stream())
                .toList();
    }

    /** What is sent without being asked for: in strict mode what is allowed, else everything if that is wished. */
    private Collection<DialledAddress> ahead(Set<ServiceAccount> callees) {
        if (mesh.settings().traffic().permissive()) {
            return mesh.settings().traffic().onDemand()
                    ? List.of()
                    : mesh.addresses().all();
        }
        return callees.stream()
                .flatMap(callee -> mesh.addresses().of(callee).stream())
                .toList();
    }
}
