package io.osmj.controlplane.identity;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmj.controlplane.watch.LivingPods;
import io.osmj.controlplane.watch.MeshNamespaces;
import io.osmj.xds.serve.Authenticator;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Who a proxy is, by the token of its pod. A token that the API server signed for a pod that is there is believed without a
 * question; about every other the API server is asked.
 */
public final class PodTokens implements Authenticator {
    private final String audience;
    private final MeshNamespaces namespaces;
    private final LivingPods pods;
    private final Authenticator reviewer;
    private final InstantSource clock;
    private final KeyRing keys;

    /**
     * Nothing is asked of the API server yet.
     *
     * @param client that gives up after some seconds, because a stream waits meanwhile
     * @param audience that a token must be made for
     * @param namespaces whose pods may connect
     * @param pods that are there
     * @param reviewer judges what is not believed
     */
    public PodTokens(
            KubernetesClient client,
            String audience,
            MeshNamespaces namespaces,
            LivingPods pods,
            Authenticator reviewer,
            InstantSource clock) {
        this.audience = audience;
        this.namespaces = namespaces;
        this.pods = pods;
        this.reviewer = reviewer;
        this.clock = clock;
        this.keys = new KeyRing(client, clock);
    }

    @Override
    public Verdict authenticate(String token) {
        Verdict verdict = believed(token).orElseGet(() -> reviewer.authenticate(token));
        return verdict instanceof Accepted accepted ? inMesh(accepted) : verdict;
    }

    private Optional<Verdict> believed(String token) {
        return keys.current()
                .flatMap(known -> SignedToken.read(token, known, audience, clock.instant()))
                .filter(signed -> pods.lives(signed.proxy(), signed.accountUid()))
                .map(signed -> new Accepted(signed.proxy()));
    }

    /** Not cached: a namespace may join or leave at any time. */
    private Verdict inMesh(Accepted accepted) {
        String namespace = accepted.proxy().account().namespace();
        Optional<SortedSet<String>> known = namespaces.names();
        if (known.isEmpty()) {
            return new Unavailable("the namespaces of the mesh are not known yet");
        }
        return known.get().contains(namespace)
                ? accepted
                : new Forbidden("namespace '" + namespace + "' does not belong to this mesh");
    }
}
