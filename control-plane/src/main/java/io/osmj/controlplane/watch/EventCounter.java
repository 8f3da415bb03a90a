package io.osmj.controlplane.watch;

/** Is told of every event of the API server that concerns the mesh, for the metrics. */
@FunctionalInterface
public interface EventCounter {
    /**
     * One event.
     *
     * @param type kind and change, for example {@code pod-added}
     * @param namespace of the object; empty for cluster-wide kinds
     */
    void count(String type, String namespace);
}
