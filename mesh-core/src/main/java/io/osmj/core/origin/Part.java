package io.osmj.core.origin;

import io.osmj.core.service.DialledAddress;
import io.osmj.core.service.ServicePort;

/** A part of what a proxy is told, in words of the mesh: what its resources are called is the renderer's affair. */
public sealed interface Part {

    /** How an address is reached. */
    record Destination(DialledAddress address) implements Part {}

    /** How a service is reached that is called by name. */
    record Named(ServicePort port) implements Part {}

    /** Which requests are tried again. */
    record Retried() implements Part {}

    /** What becomes of requests that come to a port of the pod. */
    record InboundRequests(int port) implements Part {}

    /** How what came to a port is handed to the application. */
    record Application(int port) implements Part {}

    /** What is done with connections to the pod, all its ports together. */
    record InboundConnections() implements Part {}

    /** What may leave the mesh by a port. */
    record WayOut(int port) implements Part {}

    /** How a host outside the mesh is reached. */
    record Host(String name, int port) implements Part {}

    /** What every proxy has, whatever there is in the mesh. */
    record Frame() implements Part {}

    /** What no object says anything about: certificates, and names that the mesh does not make. */
    record Unknown() implements Part {}
}
