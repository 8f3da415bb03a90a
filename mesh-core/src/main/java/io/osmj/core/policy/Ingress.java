package io.osmj.core.policy;

import static java.util.Comparator.comparing;

import io.osmj.core.identity.SpiffeId;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.ObjectRef;
import java.util.Comparator;
import java.util.List;

/**
 * Who may come to an HTTP port of a pod from outside the mesh by one backend of one object. All of it has to hold.
 *
 * @param origin the object
 * @param backend which of its backends, from 0 on
 * @param protocol what is spoken
 * @param from where callers come from, sorted; never empty
 * @param clients whose certificate is accepted, sorted; never empty where one is asked for
 * @param serverNames as in the rule
 */
public record Ingress(
        ObjectRef origin,
        int backend,
        IngressProtocol protocol,
        List<Cidr> from,
        List<SpiffeId> clients,
        List<String> serverNames)
        implements Comparable<Ingress> {
    private static final Comparator<Ingress> ORDER = comparing(Ingress::origin).thenComparingInt(Ingress::backend);

    public Ingress {
        from = from.stream().sorted().distinct().toList();
        clients = clients.stream().sorted().distinct().toList();
        serverNames = List.copyOf(serverNames);
    }

    /** The object and the field in it; Envoy's logs name it. */
    public String label() {
        return origin + " spec.backends[" + backend + "]";
    }

    @Override
    public int compareTo(Ingress other) {
        return ORDER.compare(this, other);
    }
}
