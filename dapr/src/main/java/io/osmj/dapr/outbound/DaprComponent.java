package io.osmj.dapr.outbound;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Component of Dapr ({@code dapr.io/v1alpha1}), as far as it says where it is.
 *
 * @param namespace where it holds
 * @param name of the object
 * @param type for example {@code state.redis}
 * @param metadata its settings, without those that come from a Secret
 * @param scopes app ids that load it; all of the namespace when empty
 */
public record DaprComponent(
        String namespace, String name, String type, Map<String, String> metadata, List<String> scopes) {
    public DaprComponent {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        scopes = List.copyOf(scopes);
    }

    /** Whether the daprd of an app loads it. */
    public boolean loadedBy(String podNamespace, String appId) {
        return namespace.equals(podNamespace) && (scopes.isEmpty() || scopes.contains(appId));
    }
}
