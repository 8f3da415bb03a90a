package io.osmj.controlplane.admission;

import io.osmj.core.settings.MeshSettings;
import io.osmj.injector.request.MeshFacts;
import io.osmj.injector.request.NamespaceFacts;
import java.util.Optional;

/** What admission has to know of the mesh, asked for each review. Answers come from memory. */
public interface AdmissionFacts {
    /** MeshConfig as it is now. */
    MeshSettings settings();

    /** The mesh as it is now, with the roots it trusts now. */
    MeshFacts mesh();

    /** A namespace as it was last seen; empty when it was not seen yet. The API server is asked then. */
    Optional<NamespaceFacts> namespace(String name);
}
