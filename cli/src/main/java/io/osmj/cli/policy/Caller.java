package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.state.PodState;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who calls.
 *
 * @param account whose certificate is shown
 * @param pod one that runs as this account; empty when none does
 */
record Caller(ServiceAccount account, Optional<PodState> pod) {
    private static final Pattern WORD = Pattern.compile("([^/]+)/([^/]+)");

    /**
     * The caller a word means: a pod, else the pods of a workload, else a service account.
     *
     * @throws Failure if there is none of that name, because a verdict on a slip of the pen would be "denied"
     */
    static Caller of(String word, Pipeline pipeline) {
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new Failure("'" + word + "' is not of the form NAMESPACE/NAME");
        }
        String namespace = parts.group(1);
        String name = parts.group(2);
        List<PodState> pods = pipeline.state().pods().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .toList();
        ServiceAccount account = new ServiceAccount(namespace, name);
        Pattern replica = Pattern.compile(Pattern.quote(name) + "-\\d+");
        return pods.stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .or(() -> pods.stream()
                        .filter(pod -> replica.matcher(pod.name()).matches())
                        .findFirst())
                .or(() -> pods.stream()
                        .filter(pod -> pod.account().equals(account))
                        .findFirst())
                .map(pod -> new Caller(pod.account(), Optional.of(pod)))
                .or(() -> known(account, pipeline)
                        ? Optional.of(new Caller(account, Optional.empty()))
                        : Optional.empty())
                .orElseThrow(() -> new Failure("there is no pod, workload or service account " + word
                        + " in the mesh of this folder; there are the pods " + names(pipeline)));
    }

    private static boolean known(ServiceAccount account, Pipeline pipeline) {
        return pipeline.seen()
                        .whereIs(new ObjectRef("ServiceAccount", account.namespace(), account.name()))
                        .isPresent()
                || pipeline.state().rules().stream()
                        .map(AllowRule::sources)
                        .anyMatch(sources -> sources.contains(account))
                || pipeline.state().egress().stream()
                        .anyMatch(rule -> rule.sources().contains(account));
    }

    private static String names(Pipeline pipeline) {
        return String.join(
                ", ",
                pipeline.state().pods().stream()
                        .map(pod -> pod.namespace() + "/" + pod.name())
                        .toList());
    }

    /** Whether it calls as a member of the mesh, by a sidecar or by itself. An account that no pod has is taken for one of the mesh. */
    boolean meshed() {
        return pod.map(PodState::served).orElse(true);
    }

    @Override
    public String toString() {
        return pod.map(found -> "pod " + found.namespace() + "/" + found.name() + " (service account " + account + ")")
                .orElse("service account " + account);
    }
}
