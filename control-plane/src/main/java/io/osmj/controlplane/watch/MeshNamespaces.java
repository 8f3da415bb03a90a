package io.osmj.controlplane.watch;

import java.util.Optional;
import java.util.SortedSet;

/** Which namespaces belong to the mesh. */
@FunctionalInterface
public interface MeshNamespaces {
    /** Their names; empty until it is known. */
    Optional<SortedSet<String>> names();
}
