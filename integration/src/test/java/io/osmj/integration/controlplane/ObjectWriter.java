package io.osmj.integration.controlplane;

/** Writes objects of any kind into any namespace of a mesh and deletes them. */
record ObjectWriter(TestMesh mesh) {

    /**
     * Writes an object as it is to be, whatever was there.
     *
     * @param metadata the name and what is to be said beside it
     * @param rest of the object, as YAML
     */
    void apply(String space, String apiVersion, String kind, String metadata, String rest) {
        mesh.apply(space, """
                apiVersion: %s
                kind: %s
                metadata: {name: %s}
                %s
                """.formatted(apiVersion, kind, metadata, rest));
    }

    /** Whether it was there. */
    boolean delete(String space, String apiVersion, String kind, String name) {
        return !mesh.client()
                .genericKubernetesResources(apiVersion, kind)
                .inNamespace(space)
                .withName(name)
                .withGracePeriod(0)
                .delete()
                .isEmpty();
    }
}
