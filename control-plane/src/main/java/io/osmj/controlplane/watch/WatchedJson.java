package io.osmj.controlplane.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** How what the API server sends becomes objects. */
public final class WatchedJson {
    private static final List<Class<? extends KubernetesResource>> WATCHED = List.of(
            Status.class,
            Namespace.class,
            Pod.class,
            ServiceAccount.class,
            Service.class,
            EndpointSlice.class,
            Lease.class);

    private WatchedJson() {}

    /**
     * Knows the kinds that a watch can bring, without a search for every kind that exists: it would load a thousand classes
     * to know a dozen. Status is one of them: a watch that is too old is told so by one, and tries the same for ever if it
     * cannot read it.
     */
    public static KubernetesSerialization serialization() {
        KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(new LeanJson()), false);
        WATCHED.forEach(serialization::registerKubernetesResource);
        return serialization;
    }
}
