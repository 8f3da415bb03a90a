package io.osmj.demo.scene;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.program.Program;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be said of a call while a process that it needs does not run. */
final class Absences {
    private final Map<String, Program> applications;
    private final Map<String, Program> daprds;
    private final Map<String, Sidecar> sidecars;

    /** Of these, which may still be added to; each by its application. */
    Absences(Map<String, Program> applications, Map<String, Program> daprds, Map<String, Sidecar> sidecars) {
        this.applications = applications;
        this.daprds = daprds;
        this.sidecars = sidecars;
    }

    /** Whether an application runs, and so calls. */
    boolean calls(String application) {
        return runs(applications.get(application));
    }

    /** Why the answer is no word of the one that was called, if it is because somebody is missing. */
    Optional<String> explain(Edge edge, Answer answer) {
        String caller = edge.caller();
        if (!calls(caller)) {
            return Optional.of(caller + " does not run, so nobody calls");
        }
        return switch (answer.status()) {
            case 200 -> Optional.empty();
            // The caller's own Envoy refuses too.
            case 403 -> envoy(edge.callee()).map(missing -> told(missing, edge, answer));
            default ->
                between(caller)
                        .map(missing -> missing + " does not run, so " + caller + " reaches nobody")
                        .or(() -> behind(edge.callee()).map(missing -> told(missing, edge, answer)));
        };
    }

    private Optional<String> between(String application) {
        if (!daprds.isEmpty() && !runs(daprds.get(application))) {
            return Optional.of(application + "'s daprd");
        }
        return envoy(application);
    }

    private Optional<String> envoy(String application) {
        Sidecar sidecar = sidecars.get(application);
        return sidecar == null || runs(sidecar.program()) ? Optional.empty() : Optional.of(application + "'s Envoy");
    }

    private Optional<String> behind(String application) {
        return between(application).or(() -> calls(application) ? Optional.empty() : Optional.of(application));
    }

    /** Who answers in its place: through Dapr a daprd, for an application its own Envoy, for an Envoy the caller's. */
    private String told(String missing, Edge edge, Answer answer) {
        String own = missing.equals(edge.callee()) ? "its Envoy" : edge.caller() + "'s";
        return missing + " does not run; " + (daprds.isEmpty() ? own : "a daprd") + " answers " + answer.status();
    }

    private static boolean runs(@Nullable Program program) {
        return program != null && program.alive();
    }
}
