package io.osmj.injector.request;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The namespace that a pod is created in.
 *
 * @param name of the admission request; the pod's own metadata may leave it out
 * @param labels as the API server holds them now
 * @param annotations as the API server holds them now
 */
public record NamespaceFacts(String name, Map<String, String> labels, Map<String, String> annotations) {
    public NamespaceFacts {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }
}
