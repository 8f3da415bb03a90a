package io.osmj.xds.conformance;

import io.grpc.Channel;
import io.osmj.xds.resource.ResourceSet;

/** A server that is judged. */
public interface Target {
    /** A place of its own for one scenario: what is set there is seen by no other. */
    Place place(Variant variant);

    /** What one scenario sees of the server. */
    interface Place extends AutoCloseable {
        /** A connection on which calls are answered with what was set here. */
        Channel channel();

        /** From now on this exists. Whatever is sent on a stream after this has returned is heard after the change. */
        void set(ResourceSet resources);

        @Override
        void close();
    }
}
