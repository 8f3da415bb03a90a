package io.osmj.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmj.controlplane.watch.WatchedJson;
import java.time.Duration;

/**
 * The connections to the API server.
 *
 * @param patient for lists, watches and writes
 * @param impatient for questions that somebody waits for; it gives up after some seconds
 */
record ClusterClients(KubernetesClient patient, KubernetesClient impatient) implements AutoCloseable {
    /** Kubernetes 1.29 turned the feature gate SidecarContainers on. */
    private static final int FIRST_WITH_SIDECARS = 29;

    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration IMPATIENT_REQUEST = Duration.ofSeconds(3);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(500);

    /** Connections by the usual rules: a kubeconfig if there is one, else the pod's own service account. */
    static ClusterClients connect() {
        // What it takes to read a kind is found out at first sight and remembered: once for both.
        KubernetesSerialization json = WatchedJson.serialization();
        return new ClusterClients(client(REQUEST, 3, json), client(IMPATIENT_REQUEST, 1, json));
    }

    private static KubernetesClient client(Duration request, int retries, KubernetesSerialization json) {
        // OkHttp reads a watch with a thread that waits for it; the JDK's client hands each part of an event from
        // thread to
        // thread, which takes several times the processor time. Over HTTP/2 all requests would share one connection,
        // and
        // all would wait when that dies without a word.
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
                .withHttpClientFactory(new OkHttpClientFactory())
                .withKubernetesSerialization(json)
                .build();
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
