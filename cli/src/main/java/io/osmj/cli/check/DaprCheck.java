package io.osmj.cli.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether daprd in the pods of the mesh reaches what it must. It matters while egress is closed; components in namespaces of
 * the mesh without sidecars of their own matter always.
 */
final class DaprCheck {
    private static final String NAME = "dapr";
    private final Surroundings around;
    private final DaprCluster dapr;

    DaprCheck(Surroundings around) {
        this.around = around;
        this.dapr = new DaprCluster(around.client());
    }

    Category run() {
        var namespace = dapr.namespace();
        if (namespace.isEmpty()) {
            return new Category(NAME, List.of(Finding.pass("Dapr is not installed, so there is nothing to see to")));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.pass("Dapr's control plane is in namespace " + namespace.get()));
        var pods = around.pods().stream()
                .filter(pod ->
                        "true".equalsIgnoreCase(ListsInForce.annotations(pod).get("dapr.io/enabled")))
                .toList();
        if (pods.isEmpty()) {
            findings.add(Finding.pass("no pod of the mesh uses Dapr"));
            return new Category(NAME, findings);
        }
        findings.addAll(new DaprSurvey(around, dapr, namespace.get()).of(pods));
        return new Category(NAME, findings);
    }
}
