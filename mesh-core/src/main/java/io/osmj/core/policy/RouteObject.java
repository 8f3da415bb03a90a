package io.osmj.core.policy;

import io.osmj.core.problem.ObjectRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * A route object that a rule names. What it says is in the rule already; this says who said it.
 *
 * @param object the HTTPRouteGroup or TCPRoute
 * @param matches those of its matches that the rule takes
 */
public record RouteObject(ObjectRef object, List<HttpMatch> matches) {
    public RouteObject {
        matches = List.copyOf(matches);
    }

    /** What of it stands in a proxy's configuration as it was written. */
    public List<String> words() {
        return matches.stream().flatMap(RouteObject::words).toList();
    }

    private static Stream<String> words(HttpMatch match) {
        return Stream.of(
                        Stream.of(match.pathRegex()),
                        match.headers().keySet().stream(),
                        match.headers().values().stream())
                .flatMap(words -> words);
    }
}
