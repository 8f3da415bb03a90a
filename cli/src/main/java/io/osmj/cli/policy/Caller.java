package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.policy.AllowRule;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.state.PodState;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who calls.
 *
 * @param account whose certificate is shown; of one outside of the mesh, who shows none, what he was called; without a name
 *     where nobody of the folder is meant
 * @param pod one that runs as this account; empty when none does
 * @param address where calls come from; empty where no pod is known
 * @param outside why its namespace does not belong to the mesh, and how to add it; empty when it belongs
 */
record Caller(ServiceAccount account, Optional<PodState> pod, String address, Optional<String> outside) {
    private static final ServiceAccount NOBODY = new ServiceAccount("", "");
    private static final Pattern WORD = Pattern.compile("([^/]+)/([^/]+)");
    private static final List<String> CALLERS =
            List.of("Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ServiceAccount");

    private Caller(PodState pod) {
        this(pod.account(), Optional.of(pod), pod.address(), Optional.empty());
    }

    /**
     * The caller a word means: the pod that has an address, or somebody outside the mesh who has it; a pod, else the pods of a workload, else a service account.
     *
     * @throws Failure if there is none of that name, because a verdict on a slip of the pen would be "denied"
     */
    static Caller of(String word, Pipeline pipeline) {
        if (Cidr.parse(word + "/32").isPresent()) {
            return pipeline.state().pods().stream()
                    .filter(pod -> pod.address().equals(word))
                    .findFirst()
                    .map(Caller::new)
                    .orElseGet(() -> new Caller(NOBODY, Optional.empty(), word, Optional.empty()));
        }
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new Failure("'" + word + "' is neither of the form NAMESPACE/NAME nor an IPv4 address");
        }
        String namespace = parts.group(1);
        String name = parts.group(2);
        ServiceAccount account = new ServiceAccount(namespace, name);
        Optional<String> outside = pipeline.seen().outside(namespace);
        return outside.isPresent() ? outsider(account, outside, pipeline) : member(account, pipeline);
    }

    private static Caller outsider(ServiceAccount called, Optional<String> outside, Pipeline pipeline) {
        if (CALLERS.stream()
                .map(kind -> new ObjectRef(kind, called.namespace(), called.name()))
                .noneMatch(object -> pipeline.seen().whereIs(object).isPresent())) {
            throw new Failure("there is no pod, workload or service account " + called + " in this folder. "
                    + outside.orElseThrow());
        }
        return new Caller(called, Optional.empty(), "", outside);
    }

    private static Caller member(ServiceAccount account, Pipeline pipeline) {
        String name = account.name();
        List<PodState> pods = pipeline.state().pods().stream()
                .filter(pod -> pod.namespace().equals(account.namespace()))
                .toList();
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
                .map(Caller::new)
                .or(() -> known(account, pipeline)
                        ? Optional.of(new Caller(account, Optional.empty(), "", Optional.empty()))
                        : Optional.empty())
                .orElseThrow(() -> new Failure("there is no pod, workload or service account " + account
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
        return pod.map(PodState::served).orElse(named());
    }

    /** Whether it has a service account that means something to the mesh. */
    boolean named() {
        return outside.isEmpty() && !stranger();
    }

    /** Whether it is nobody of the folder. */
    boolean stranger() {
        return account.equals(NOBODY);
    }

    @Override
    public String toString() {
        if (stranger()) {
            return "somebody at " + address;
        }
        if (outside.isPresent()) {
            return account + " (outside of the mesh)";
        }
        return pod.map(found -> "pod " + found.namespace() + "/" + found.name() + " (service account " + account + ")")
                .orElse("service account " + account);
    }
}
