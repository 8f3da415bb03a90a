package io.osmj.cli.offline;

import io.osmj.cli.session.Session;
import io.osmj.cli.view.Count;
import io.osmj.core.problem.Problem;
import io.osmj.objects.folder.LocatedProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm validate}. */
@Command(
        name = "validate",
        description = {
            "Find all that is wrong with a folder of YAML, each with file and line: what is no YAML, what the kinds' schemas"
                    + " refuse, and what the mesh could not act on.",
            "Ends with 1 if there is an error; warnings alone end with 0."
        })
public final class ValidateCommand implements Callable<Integer> {
    /** How the findings are written. In lower case, because these are words of the command line. */
    public enum Format {
        /** Lines for people, as compilers write them. */
        table,
        json,
        /** SARIF 2.1.0, for systems that show findings beside the lines of a change. */
        sarif
    }

    private final Session session;

    @Mixin
    private final FolderOption folder = new FolderOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print the findings: table, json or sarif (default: table).")
    private Format format = Format.table;

    public ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Pipeline pipeline = folder.read(session);
        List<LocatedProblem> problems = pipeline.problems();
        switch (format) {
            case table -> table(pipeline);
            case json ->
                session.out()
                        .println(Printed.json(
                                problems.stream().map(ValidateCommand::row).toList()));
            case sarif -> session.out().println(Printed.json(Sarif.of(problems, folder)));
        }
        return count(problems, Severity.ERROR) > 0 ? 1 : 0;
    }

    private void table(Pipeline pipeline) {
        List<LocatedProblem> problems = pipeline.problems();
        for (LocatedProblem located : problems) {
            Problem problem = located.problem();
            String field = problem.field().isEmpty() ? "" : " " + problem.field();
            session.out()
                    .println("%s: %s: %s %s%s"
                            .formatted(
                                    located.file().isEmpty()
                                            ? folder.path()
                                            : folder.file(located.file()) + ":" + located.line(),
                                    Severity.of(problem.code()).word(),
                                    problem.code(),
                                    problem.object(),
                                    field));
            session.out().println("    " + problem.message());
            session.out().println("    " + problem.remedy());
        }
        session.out()
                .println("%s, %s with a sidecar: %s, %s"
                        .formatted(
                                Count.of(pipeline.folder().fileCount(), "file"),
                                Count.of(pipeline.plans().size(), "pod"),
                                Count.of(count(problems, Severity.ERROR), "error"),
                                Count.of(count(problems, Severity.WARNING), "warning")));
        if (pipeline.folder().otherObjects() > 0) {
            session.out()
                    .println(Count.of(
                            pipeline.folder().otherObjects(),
                            "object is of a kind that the mesh does not read",
                            "objects are of kinds that the mesh does not read"));
        }
    }

    private static long count(List<LocatedProblem> problems, Severity severity) {
        return problems.stream()
                .filter(located -> Severity.of(located.problem().code()) == severity)
                .count();
    }

    private static Map<String, Object> row(LocatedProblem located) {
        Problem problem = located.problem();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", located.file());
        row.put("line", located.line());
        row.put("severity", Severity.of(problem.code()).word());
        row.put("code", problem.code().name());
        row.put("kind", problem.object().kind());
        row.put("namespace", problem.object().namespace());
        row.put("name", problem.object().name());
        row.put("field", problem.field());
        row.put("message", problem.message());
        row.put("remedy", problem.remedy());
        return row;
    }
}
