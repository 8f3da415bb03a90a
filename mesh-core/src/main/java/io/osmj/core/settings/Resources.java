package io.osmj.core.settings;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kubernetes resource requirements, quantity by resource name, unparsed.
 *
 * @param requests what is reserved
 * @param limits what is allowed at most
 */
public record Resources(Map<String, String> requests, Map<String, String> limits) {
    /** Neither reserved nor limited. */
    public static final Resources NONE = new Resources(new TreeMap<>(), new TreeMap<>());

    public Resources {
        requests = Collections.unmodifiableMap(new TreeMap<>(requests));
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }
}
