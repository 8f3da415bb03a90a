package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.List;

/**
 * One state-of-the-world response to send.
 *
 * @param type of all that is in it
 * @param version the hash of all that the client is to have of the type then
 * @param nonce unlike that of any other response of the stream
 * @param resources all of the type, if a client may ask for all of it; otherwise those that are new or changed
 */
record WorldAnswer(ResourceType type, String version, String nonce, List<EnvoyResource> resources) {}
