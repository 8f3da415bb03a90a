package io.osmj.integration.controlplane;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.osmj.core.names.Labels;
import java.util.Random;

/** A real API server in which the objects of a mesh with two namespaces come, change and go at random. */
final class RandomCluster {
    private static final String CONFIG = "config.openservicemesh.io/v1alpha2";

    private final TestMesh mesh;
    private final String leaver;
    private final Random random;
    private final ObjectWriter objects;
    private final RandomWorkloads workloads;
    private final RandomPolicies policies;

    /**
     * Nothing happens yet.
     *
     * @param leaver a namespace that joins the mesh and leaves it again, beside the one of the workloads
     */
    RandomCluster(TestMesh mesh, String leaver, Random random) {
        this.mesh = mesh;
        this.leaver = leaver;
        this.random = random;
        this.objects = new ObjectWriter(mesh);
        this.workloads = new RandomWorkloads(mesh, random);
        this.policies = new RandomPolicies(random);
    }

    /** Something happens, and the API server has accepted it: whoever was refused would test nothing. */
    void step() {
        String space = space();
        switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> workloads.pod(space);
            case 4, 5, 6 -> workloads.service(space);
            case 7, 8, 9, 10 -> workloads.slice(space);
            case 11 -> joinOrLeave();
            case 12 -> config();
            default -> policy(space);
        }
    }

    private String space() {
        return random.nextBoolean() ? leaver : mesh.workloads();
    }

    private void joinOrLeave() {
        String name = random.nextInt(3) > 0 ? mesh.name() : "another-mesh";
        mesh.client()
                .namespaces()
                .withName(leaver)
                .edit(now -> new NamespaceBuilder(now)
                        .editMetadata()
                        .addToLabels(Labels.MONITORED_BY, name)
                        .endMetadata()
                        .build());
    }

    private void config() {
        if (random.nextInt(4) == 0) {
            objects.delete(mesh.namespace(), CONFIG, "MeshConfig", "osm-mesh-config");
            return;
        }
        String spec = """
                spec:
                  traffic: {enablePermissiveTrafficPolicyMode: %s, enableEgress: %s}
                  featureFlags: {enableRetryPolicy: %s}
                """.formatted(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        objects.apply(mesh.namespace(), CONFIG, "MeshConfig", "osm-mesh-config", spec);
    }

    private void policy(String space) {
        RandomPolicies.Kind kind = policies.kind();
        String name = policies.name();
        if (random.nextInt(3) == 0) {
            objects.delete(space, kind.apiVersion(), kind.name(), name);
        } else {
            objects.apply(space, kind.apiVersion(), kind.name(), name, "spec: " + policies.spec(kind, space, space()));
        }
    }
}
