package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.List;

/**
 * What lies between what a client has and what it is to have.
 *
 * @param news new or changed, sorted by name; without what it refused
 * @param gone names it has and is to have no longer, sorted
 */
record Difference(List<EnvoyResource> news, List<String> gone) {}
