package io.osmj.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;

/**
 * The connections to the API server.
 *
 * @param patient for lists, watches and writes
 * @param impatient for questions that somebody waits for; it gives up after some seconds
 */
record ClusterClients(KubernetesClient patient, KubernetesClient impatient) implements AutoCloseable {
    /** Kubernetes 1.29 turned the feature gate SidecarContainers on. */
    private static final int FIRST_WITH_SIDECARS = 29;

    private static final List<Class<? extends KubernetesResource>> WATCHED = List.of(
            Status.class,
            Namespace.class,
            Pod.class,
            ServiceAccount.class,
            Service.class,
            EndpointSlice.class,
            Lease.class);

    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration IMPATIENT_REQUEST = Duration.ofSeconds(3);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(500);

    /** Connections by the usual rules: a kubeconfig if there is one, else the pod's own service account. */
    static ClusterClients connect() {
        return new ClusterClients(client(REQUEST, 3), client(IMPATIENT_REQUEST, 1));
    }

    private static KubernetesClient client(Duration request, int retries) {
        // Over HTTP/2 all requests share one connection, and the JDK's client has no pings: when that connection dies
        // without a word, every request waits on it until the kernel gives up, which takes a quarter of an hour.
        Config config = new ConfigBuilder()
                .withUserAgent("osm-controller")
                .withHttp2Disable(true)
                .withRequestTimeout((int) request.toMillis())
                .withConnectionTimeout((int) request.toMillis())
                .withRequestRetryBackoffLimit(retries)
                .withWatchReconnectInterval((int) FIRST_RECONNECT.toMillis())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization())
                .build();
    }

    /**
     * Knows the kinds that a watch can bring, without a search for every kind that exists: it would load a thousand classes
     * to know a dozen. Status is one of them: a watch that is too old is told so by one, and tries the same for ever if it
     * cannot read it.
     */
    private static KubernetesSerialization serialization() {
        KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(), false);
        WATCHED.forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    /** Whether the API server answers at all. */
    boolean answers() {
        try {
            impatient.getKubernetesVersion();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /**
     * Whether the cluster knows init containers that keep running.
     *
     * @throws KubernetesClientException if the API server does not say which version it is
     */
    boolean nativeSidecars() {
        VersionInfo version = impatient.getKubernetesVersion();
        int minor = Integer.parseInt(version.getMinor().replaceAll("\\D", ""));
        return Integer.parseInt(version.getMajor()) > 1 || minor >= FIRST_WITH_SIDECARS;
    }

    @Override
    public void close() {
        patient.close();
        impatient.close();
    }
}
