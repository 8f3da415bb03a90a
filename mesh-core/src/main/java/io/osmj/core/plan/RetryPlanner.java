package io.osmj.core.plan;

import io.osmj.core.compile.MeshIndex;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.service.Claim;
import io.osmj.core.service.DialledAddress;
import io.osmj.core.state.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** From the retry rules for one account to the addresses that its requests go to. */
final class RetryPlanner {
    private final MeshIndex mesh;
    private final Set<DialledAddress> taken = new HashSet<>();

    private RetryPlanner(MeshIndex mesh) {
        this.mesh = mesh;
    }

    /** What is tried again, in the order of the rules; an address goes by the first of them. */
    static List<Retries> retries(MeshIndex mesh, ServiceAccount account) {
        if (!mesh.settings().retries()) {
            return List.of();
        }
        RetryPlanner planner = new RetryPlanner(mesh);
        List<Retries> all = new ArrayList<>();
        for (RetryRule rule : mesh.retries().of(account)) {
            List<DialledAddress> addresses = rule.destinations().stream()
                    .flatMap(planner::addresses)
                    .filter(planner.taken::add)
                    .toList();
            if (!addresses.isEmpty()) {
                all.add(new Retries(rule.origin(), rule.policy(), addresses));
            }
        }
        return all;
    }

    /** Where clients find the service. What is carried as bytes has no requests, whatever this service says of it. */
    private Stream<DialledAddress> addresses(RetryRule.Service service) {
        return mesh.services(new ObjectKey(service.namespace(), service.name())).stream()
                .flatMap(port -> Claim.of(port).entrySet().stream())
                .filter(claim -> !claim.getValue().direct())
                .map(claim -> claim.getKey())
                .filter(address ->
                        mesh.addresses().at(address).filter(Claim::http).isPresent());
    }
}
