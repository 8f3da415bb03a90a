package io.osmj.cli.policy;

import io.osmj.cli.offline.FolderOption;
import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import io.osmj.cli.view.Count;
import io.osmj.cli.view.Output;
import io.osmj.objects.folder.FolderFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code osm policy test}. */
@Command(
        name = "test",
        description = {
            "Check that the policies of a folder come to what a file says: who may call what, and who may not.",
            "Ends with 1 if an expectation does not hold, and says why for each that does not."
        })
public final class PolicyTestCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FolderOption folder = new FolderOption();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "The expectations (default: " + FolderFiles.EXPECTATIONS + " in the folder).")
    private @Nullable Path expectations;

    public PolicyTestCommand(Session session) {
        this.session = session;
    }

    /** What became of one expectation. */
    private record Result(Expectation expectation, boolean holds, String verdict, List<String> reasons) {}

    @Override
    public Integer call() {
        Pipeline pipeline = folder.readToJudge(session);
        List<Result> results = ExpectationReader.read(file()).stream()
                .map(expectation -> result(expectation, pipeline))
                .toList();
        output.print(
                session,
                lines(results),
                results.stream().map(PolicyTestCommand::row).toList());
        // That nobody may call holds of its own accord where what would allow it could not be read.
        int errors = FolderOption.errors(pipeline).size();
        if (errors > 0) {
            session.err().println("Nothing is proved while the folder has errors (" + errors + "). Mend them first.");
        }
        return errors == 0 && results.stream().allMatch(Result::holds) ? 0 : 1;
    }

    private Path file() {
        if (expectations != null) {
            return expectations;
        }
        Path at = folder.path();
        return Files.isDirectory(at)
                ? at.resolve(FolderFiles.EXPECTATIONS)
                : at.resolveSibling(FolderFiles.EXPECTATIONS);
    }

    /** A caller or service that is not there fails its expectation; the others are judged all the same. */
    private static Result result(Expectation expectation, Pipeline pipeline) {
        try {
            Verdict verdict = new Judge(pipeline)
                    .judge(
                            Caller.of(expectation.from(), pipeline),
                            Callee.of(expectation.to(), pipeline),
                            expectation.request());
            return new Result(
                    expectation,
                    expectation.meets(verdict),
                    verdict.decision().name(),
                    verdict.reasons().stream().map(Object::toString).toList());
        } catch (Failure failure) {
            return new Result(expectation, false, "ERROR", List.of(String.valueOf(failure.getMessage())));
        }
    }

    private static List<String> lines(List<Result> results) {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            lines.add((result.holds() ? "ok    " : "FAIL  ")
                    + result.expectation().name());
            if (!result.holds()) {
                lines.add("      expected " + result.expectation().wanted() + ", but it is " + result.verdict() + ":");
                result.reasons().forEach(reason -> lines.add("      - " + reason));
            }
        }
        long held = results.stream().filter(Result::holds).count();
        lines.add(held + " of " + Count.of(results.size(), "expectation") + (held == 1 ? " holds" : " hold"));
        return lines;
    }

    private static Map<String, Object> row(Result result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", result.expectation().name());
        row.put("holds", result.holds());
        row.put("expected", result.expectation().wanted());
        row.put("verdict", result.verdict());
        row.put("reasons", result.reasons());
        return row;
    }
}
