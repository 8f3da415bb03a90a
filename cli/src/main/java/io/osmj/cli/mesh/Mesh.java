package io.osmj.cli.mesh;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/**
 * A control plane, as its Deployment tells of it.
 *
 * @param name of the mesh
 * @param namespace where the control plane runs
 * @param version of the control plane, {@code Unknown} when it does not say
 * @param enforcesSingle whether it allows no other mesh beside it
 */
public record Mesh(String name, String namespace, String version, boolean enforcesSingle) implements Comparable<Mesh> {
    private static final Comparator<Mesh> ORDER = comparing(Mesh::namespace).thenComparing(Mesh::name);

    @Override
    public int compareTo(Mesh other) {
        return ORDER.compare(this, other);
    }
}
