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

    /** And for so many names that were asked for, in all: a plan of thousands is not worth as much as thousands of plans. */
    private static final int MOST_NAMES = 32_768;

    private final MeshIndex mesh;
    private final InboundPlanner inbound;
    private final Resolver resolver;

    /** The plans made since the last patch. More than one for a workload where the ports of its pods differ. */
    private final Map<Workload, List<ProxyPlan>> made = new HashMap<>();

    /** Of those that leave the mesh by rules of their own. */
    private final Map<ServiceAccount, Reach> reaches = new HashMap<>();

    /** How many names the plans were made for. */
    private int names;

    private Reach reach;

    /**
     * What is known of names.
     *
     * @param destinations behind addresses
     * @param services that were asked for by name
     */
    public record Answer(List<Destination> destinations, List<NamedService> services) {}

    private record Workload(
            ServiceAccount account, Set<DialledAddress> asked, Set<DialledAddress> asBytes, Set<ServicePort> named) {}

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
        forget();
        reaches.keySet().removeAll(touched.leavers());
        if (touched.everything()) {
            reaches.clear();
            reach = readReach();
        }
    }

    /** The plan of a pod that has asked for addresses only. */
    public Optional<ProxyPlan> plan(String podUid, Collection<DialledAddress> asked) {
        return plan(podUid, Question.of(asked));
    }

    /**
     * The plan of the pod with this UID; empty when the mesh has no such pod to serve.
     *
     * @param asked what the proxy has asked for, besides what is sent ahead
     */
    public Optional<ProxyPlan> plan(String podUid, Question asked) {
        return mesh.pod(podUid)
                .map(pod -> plan(
                        pod,
                        new Workload(
                                pod.account(),
                                Set.copyOf(asked.addresses()),
                                resolver.requestsAmong(asked.asBytes()),
                                Set.copyOf(asked.services()))));
    }

    private ProxyPlan plan(PodState pod, Workload workload) {
        if (made.size() > MOST || names > MOST_NAMES) {
            forget();
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
        names += plans.isEmpty() ? workload.asked().size() + workload.named().size() : 0;
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

    private void forget() {
        made.clear();
        names = 0;
    }

    /**
     * What {@link #plan(String, Question)} would give a pod of this account besides, had it asked for this too. It costs what is
     * asked for now and nothing for what was asked before.
     */
    public Answer answer(ServiceAccount account, Question asked) {
        Set<ServiceAccount> callees = Set.copyOf(mesh.callees(account));
        return new Answer(
                destinations(account, callees, asked.addresses(), asked.asBytes()),
                services(callees, asked.services()));
    }

    /**
     * Forgets of what is outside the mesh whatever is in no plan any more.
     *
     * @param inUse what proxies have, by identity
     */
    public void keep(Set<Destination> inUse) {
        resolver.keep(inUse);
    }

    /** Whether there may be much that is in no plan any more. */
    public boolean full() {
        return resolver.full();
    }

    private List<Destination> destinations(Workload workload) {
        Set<ServiceAccount> callees = Set.copyOf(mesh.callees(workload.account()));
        Set<DialledAddress> addresses = new TreeSet<>(workload.asked());
        addresses.addAll(ahead(callees));
        return destinations(workload.account(), callees, addresses, workload.asBytes());
    }

    private List<Destination> destinations(
            ServiceAccount account,
            Set<ServiceAccount> callees,
            Collection<DialledAddress> addresses,
            Set<DialledAddress> asBytes) {
        List<Exit> exits = reach(account).exits();
        return addresses.stream()
                .flatMap(address -> resolver.resolve(callees, exits, address, asBytes.contains(address)).stream())
                .toList();
    }

    private List<NamedService> services(Workload workload) {
        return services(Set.copyOf(mesh.callees(workload.account())), workload.named());
    }

    private List<NamedService> services(Set<ServiceAccount> callees, Collection<ServicePort> named) {
        return named.stream()
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
