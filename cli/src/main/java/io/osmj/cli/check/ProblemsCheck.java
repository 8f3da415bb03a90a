package io.osmj.cli.check;

import io.osmj.cli.check.Finding.Verdict;
import io.osmj.cli.mesh.Mesh;
import io.osmj.cli.mesh.Meshes;
import io.osmj.cli.offline.Severity;
import io.osmj.core.problem.ProblemCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the controllers themselves find wrong, as on their page {@code /problems}: errors before warnings, and no more than can
 * be read. What is wrong with MeshConfig is said where MeshConfig is looked at, but for what proxies refuse of it.
 */
final class ProblemsCheck {
    private static final int MOST = 10;
    private final Meshes meshes;

    ProblemsCheck(Meshes meshes) {
        this.meshes = meshes;
    }

    List<Finding> of(Mesh mesh) {
        var all = meshes.askAll(mesh, "problems").stream()
                .filter(problem -> !text(problem, "kind").equals("MeshConfig")
                        || text(problem, "code").equals(ProblemCode.M5001.name()))
                .map(ProblemsCheck::finding)
                .sorted(Comparator.comparing(Finding::verdict).reversed())
                .toList();
        return all.size() <= MOST
                ? all
                : Stream.concat(all.stream().limit(MOST), Stream.of(rest(all.subList(MOST, all.size()), mesh)))
                        .toList();
    }

    private static Finding finding(Map<String, String> problem) {
        var code = text(problem, "code");
        var field = text(problem, "field");
        return new Finding(
                "the control plane finds nothing wrong with %s %s/%s"
                        .formatted(text(problem, "kind"), text(problem, "namespace"), text(problem, "name")),
                verdict(code),
                code + " " + (field.isEmpty() ? "" : field + ": ") + text(problem, "message"),
                text(problem, "remedy"));
    }

    private static Finding rest(List<Finding> untold, Mesh mesh) {
        return new Finding(
                "it finds nothing else wrong",
                untold.getFirst().verdict(),
                "%d more".formatted(untold.size()),
                "see all: kubectl port-forward -n %s deployment/osm-controller 9091 & curl http://127.0.0.1:9091/problems"
                        .formatted(mesh.namespace()));
    }

    /** A number that this program does not know is of a newer control plane, and no less an error for that. */
    private static Verdict verdict(String code) {
        return Arrays.stream(ProblemCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(known -> Severity.of(known) == Severity.ERROR ? Verdict.FAIL : Verdict.WARN)
                .orElse(Verdict.FAIL);
    }

    private static String text(Map<String, String> problem, String field) {
        return problem.getOrDefault(field, "");
    }
}
