package io.osmj.cli.install;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why pods do not run, in the words of the scheduler and the kubelet. */
final class PodTrouble {
    private PodTrouble() {}

    /** One phrase for each pod. */
    static String of(List<Pod> pods) {
        if (pods.isEmpty()) {
            return "it has no pods yet";
        }
        return pods.stream()
                .map(pod -> "pod %s: %s".formatted(pod.getMetadata().getName(), of(pod)))
                .collect(Collectors.joining("; "));
    }

    private static String of(Pod pod) {
        var status = pod.getStatus();
        if (status == null) {
            return "not seen by a scheduler yet";
        }
        var containers = status.getContainerStatuses().stream().map(PodTrouble::of);
        var conditions = status.getConditions().stream()
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> said(condition.getReason(), condition.getMessage()));
        return Stream.concat(containers, conditions)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(status.getPhase());
    }

    private static Optional<String> of(ContainerStatus container) {
        var state = container.getState();
        if (state != null && state.getWaiting() != null) {
            return said(state.getWaiting().getReason(), state.getWaiting().getMessage());
        }
        if (state != null && state.getTerminated() != null) {
            return said(
                    state.getTerminated().getReason(),
                    "exit code " + state.getTerminated().getExitCode());
        }
        return Optional.empty();
    }

    private static Optional<String> said(@Nullable String reason, @Nullable String message) {
        var words = Stream.of(Optional.ofNullable(reason), Optional.ofNullable(message))
                .flatMap(Optional::stream)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(": "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
