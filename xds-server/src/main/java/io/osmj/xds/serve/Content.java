package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.List;

/** What the next response of a type is to hold. */
record Content(List<EnvoyResource> resources, List<String> removed) {

    /** As many of the resources as one response may hold: at least one, however large it is. */
    static List<EnvoyResource> cut(List<EnvoyResource> resources, int maxBytes) {
        long bytes = 0;
        int count = 0;
        for (EnvoyResource resource : resources) {
            bytes += resource.body().size();
            if (count > 0 && bytes > maxBytes) {
                break;
            }
            count++;
        }
        return resources.subList(0, count);
    }
}
