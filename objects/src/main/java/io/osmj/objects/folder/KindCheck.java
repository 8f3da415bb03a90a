package io.osmj.objects.folder;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Whether an object would pass the API server: its head, its version, its schema. */
final class KindCheck {
    private static final String NAME = "metadata.name";

    private final SourceObject object;
    private final List<LocatedProblem> errors = new ArrayList<>();
    private final List<LocatedProblem> remarks = new ArrayList<>();
    private boolean read;

    private KindCheck(SourceObject object) {
        this.object = object;
    }

    /**
     * What is to be said of an object.
     *
     * @param read whether it is of a kind that the mesh reads
     * @param errors why an API server would refuse it
     * @param remarks what it would take and leave out
     */
    record Result(boolean read, List<LocatedProblem> errors, List<LocatedProblem> remarks) {}

    static Result of(SourceObject object) {
        KindCheck check = new KindCheck(object);
        check.run();
        return new Result(check.read, check.errors, check.remarks);
    }

    private void run() {
        if (object.kind().isEmpty() || object.apiVersion().isEmpty()) {
            String field = object.kind().isEmpty() ? "kind" : "apiVersion";
            error(ProblemCode.M7002, field, "The object has no " + field + ".", "Say what the object is.");
            return;
        }
        SortedSet<String> served = CustomSchemas.OF_THE_CHART.versions(object.group(), object.kind());
        read = !served.isEmpty() || BuiltInKinds.reads(object);
        if (!read) {
            return;
        }
        values();
        if (served.isEmpty()) {
            builtIn();
        } else {
            custom(served);
        }
    }

    private void values() {
        if (object.name().isEmpty()) {
            error(ProblemCode.M7002, NAME, "The object has no name.", "Give it one.");
        }
        ValueRules.check(object).stream()
                .filter(fault -> !object.name().isEmpty() || !fault.field().equals(NAME))
                .forEach(fault -> error(
                        fault.field().equals(NAME) ? ProblemCode.M7002 : ProblemCode.M7003,
                        fault.field(),
                        fault.message(),
                        fault.remedy()));
    }

    private void custom(SortedSet<String> served) {
        Optional<Schema> schema = CustomSchemas.OF_THE_CHART.schema(object.apiVersion(), object.kind());
        if (schema.isEmpty()) {
            error(
                    ProblemCode.M7005,
                    "apiVersion",
                    object.kind() + " is not served in version " + object.apiVersion() + ".",
                    "Write it as " + String.join(" or ", served) + ".");
            return;
        }
        schema.get().validate(object.tree()).forEach(this::misfit);
    }

    private void misfit(Error error) {
        String path = Pointers.path(error.getInstanceLocation().toString());
        String property = error.getProperty();
        String field = property == null ? path : Place.field(path, property);
        if (error.getKeyword().equals("additionalProperties")) {
            error(
                    ProblemCode.M7004,
                    field,
                    object.kind() + " has no such field.",
                    "Remove it, or look for a slip in its name or its indentation.");
            return;
        }
        error(
                ProblemCode.M7003,
                field,
                error.getKeyword().equals("required") ? "The field is missing." : sentence(error.getMessage()),
                "Write it as the schema of " + object.kind() + " wants it.");
    }

    private static String sentence(String message) {
        String plain = message.replaceFirst("^[/$][^ ]*: ", "");
        return "The value is refused: " + plain + (plain.endsWith(".") ? "" : ".");
    }

    private void builtIn() {
        BuiltInKinds.Findings findings = BuiltInKinds.check(object);
        findings.misfits().forEach((field, reason) -> {
            if (errors.stream().noneMatch(error -> error.problem().field().equals(field))) {
                error(ProblemCode.M7003, field, reason, "Write it as Kubernetes wants it for " + object.kind() + ".");
            }
        });
        findings.unknown()
                .forEach(field -> remarks.add(object.problem(
                        ProblemCode.M7006,
                        field,
                        object.kind() + " has no such field that is known here.",
                        "Look for a slip in its name or its indentation.")));
    }

    private void error(ProblemCode code, String field, String message, String remedy) {
        errors.add(object.problem(code, field, message, remedy));
    }
}
