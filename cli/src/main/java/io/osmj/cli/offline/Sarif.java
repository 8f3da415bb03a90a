package io.osmj.cli.offline;

import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.objects.folder.LocatedProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Findings in the Static Analysis Results Interchange Format, version 2.1.0. Paths are as the folder was named. */
final class Sarif {
    private final FolderOption folder;

    private Sarif(FolderOption folder) {
        this.folder = folder;
    }

    static Map<String, Object> of(List<LocatedProblem> problems, FolderOption folder) {
        Sarif sarif = new Sarif(folder);
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(sarif.run(problems)));
        return log;
    }

    private Map<String, Object> run(List<LocatedProblem> problems) {
        TreeSet<ProblemCode> codes = new TreeSet<>();
        problems.forEach(located -> codes.add(located.problem().code()));
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "osm validate");
        driver.put("rules", codes.stream().map(Sarif::rule).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("results", problems.stream().map(this::result).toList());
        return run;
    }

    private static Map<String, Object> rule(ProblemCode code) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", code.name());
        rule.put("shortDescription", Map.of("text", code.explanation()));
        rule.put("defaultConfiguration", Map.of("level", Severity.of(code).word()));
        return rule;
    }

    private Map<String, Object> result(LocatedProblem located) {
        Problem problem = located.problem();
        String place = problem.field().isEmpty() ? "" : " " + problem.field();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", problem.code().name());
        result.put("level", Severity.of(problem.code()).word());
        result.put(
                "message",
                Map.of("text", problem.object() + place + ": " + problem.message() + " " + problem.remedy()));
        result.put("locations", located.file().isEmpty() ? List.of() : List.of(location(located)));
        return result;
    }

    private Map<String, Object> location(LocatedProblem located) {
        Path file = folder.file(located.file());
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", uri(file)));
        physical.put("region", Map.of("startLine", located.line()));
        return Map.of("physicalLocation", physical);
    }

    /** A reference to a URI has no spaces and no letters beyond ASCII, and '%', '#' and '?' mean something in it. */
    private static String uri(Path file) {
        return StreamSupport.stream(file.normalize().spliterator(), false)
                .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20"))
                .collect(Collectors.joining("/", file.isAbsolute() ? "/" : "", ""));
    }
}
