package io.osmj.controlplane;

import io.osmj.controlplane.publish.Publisher;
import io.osmj.controlplane.status.NackBook;
import io.osmj.core.origin.Origins;
import io.osmj.core.origin.Part;
import io.osmj.core.origin.Source;
import io.osmj.core.problem.ObjectRef;
import io.osmj.objects.read.Mesh;
import io.osmj.xds.render.ResourcePart;
import io.osmj.xds.serve.Nack;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where a resource comes from in the mesh that is published. */
final class PublishedOrigins implements NackBook.Origins {
    private final Publisher publisher;
    private final ObjectRef meshConfig;

    PublishedOrigins(Publisher publisher, Mesh mesh) {
        this.publisher = publisher;
        this.meshConfig = new ObjectRef("MeshConfig", mesh.namespace(), mesh.configName());
    }

    @Override
    public CompletionStage<List<Source>> of(Nack nack) {
        Part part = ResourcePart.of(nack.type(), nack.names().getFirst());
        return publisher.ask(mesh -> Origins.of(mesh, meshConfig, nack.proxy().podUid(), part), List.of());
    }
}
