package io.osmj.smi.read;

import io.osmj.core.policy.HttpMatch;
import io.osmj.core.problem.ObjectRef;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTPRouteGroup of {@code specs.smi-spec.io/v1alpha4}.
 *
 * @param ref the object
 * @param matches by name; a match that cannot be used is not among them
 */
public record HttpRouteGroup(ObjectRef ref, Map<String, HttpMatch> matches) {
    public HttpRouteGroup {
        matches = Collections.unmodifiableMap(new TreeMap<>(matches));
    }
}
