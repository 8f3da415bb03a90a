package io.osmj.xds.serve;

import io.osmj.core.identity.ProxyIdentity;
import io.osmj.xds.resource.ResourceType;

/** Hears what proxies refuse. Called on the stream's own thread: return soon, throw nothing. */
public interface NackListener {
    /** A proxy refused something. */
    void refused(Nack nack);

    /** A resource that had been refused is accepted in a later version, is not to be sent any more, or its stream ended. */
    void settled(ProxyIdentity proxy, ResourceType type, String name);
}
