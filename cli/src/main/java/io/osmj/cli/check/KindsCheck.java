package io.osmj.cli.check;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.osmj.cli.install.Chart;
import io.osmj.cli.install.Kinds;
import java.util.ArrayList;
import java.util.Optional;

/** Whether the API server serves the kinds of the mesh. */
final class KindsCheck {
    private static final String NAME = "osm-kinds";
    private final Surroundings around;

    KindsCheck(Surroundings around) {
        this.around = around;
    }

    Category run() {
        var findings = new ArrayList<Finding>();
        try (var chart = Chart.at(Optional.empty())) {
            var kinds = Kinds.of(chart, around.client());
            kinds.forEach(kind -> missing(kind)
                    .ifPresent(reason -> findings.add(Finding.fail(
                            kind.getMetadata().getName() + " is served",
                            reason,
                            "run: osm install (it applies the kinds)"))));
            if (findings.isEmpty()) {
                findings.add(Finding.pass("all %d kinds are served".formatted(kinds.size())));
            }
        }
        return new Category(NAME, findings);
    }

    private Optional<String> missing(CustomResourceDefinition wanted) {
        var present = around.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(wanted.getMetadata().getName())
                .get();
        if (present == null) {
            return Optional.of("the cluster does not know this kind");
        }
        var version = wanted.getSpec().getVersions().getFirst().getName();
        var served = present.getSpec().getVersions().stream()
                .anyMatch(some -> some.getName().equals(version) && Boolean.TRUE.equals(some.getServed()));
        return served ? Optional.empty() : Optional.of("version " + version + " is not served");
    }
}
