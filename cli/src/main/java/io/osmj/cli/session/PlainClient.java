package io.osmj.cli.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/** A client for requests by path alone. It knows no kinds of objects: to learn of them takes as long as two requests. */
final class PlainClient extends KubernetesClientImpl {
    private @Nullable KubernetesSerialization serialization;

    PlainClient(HttpClient http, Config config) {
        super(http, config, null, null);
    }

    /** How objects are read and written. Without a search for every kind that exists: it would load two thousand classes. */
    static KubernetesSerialization withoutSearch() {
        return new KubernetesSerialization(new ObjectMapper(), false);
    }

    /** Made when something has to be read, as what the API server says of a failure. */
    @Override
    public synchronized KubernetesSerialization getKubernetesSerialization() {
        if (serialization == null) {
            serialization = withoutSearch();
        }
        return serialization;
    }

    @Override
    protected void registerDefaultAdapters() {
        // None is needed for a path.
    }

    @Override
    protected void registerDefaultHandlers() {
        // None is needed for a path.
    }
}
