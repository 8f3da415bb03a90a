package io.osmj.core.service;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What part of the calls of a service another one, or itself, answers.
 *
 * @param service the name of the service that answers, in the same namespace
 * @param weight its share, measured against the sum of all weights; not negative
 * @param endpoints the ready pods behind it, sorted
 */
public record Share(String service, double weight, List<Endpoint> endpoints) {
    /** What all endpoints of a destination have together. */
    private static final int WHOLE = 1_000_000;

    public Share {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * What part of the calls each of these endpoints gets, in millionths. A share that none of them is of is left to the
     * others, and within a share all get the same. An endpoint may be of several shares and then has a part of each.
     *
     * @param shares by which calls are shared out; none means alike
     * @param endpoints who may be called
     * @return for each endpoint its part: at least 1, or 0 where its share has no weight
     */
    public static Map<Endpoint, Integer> parts(List<Share> shares, Collection<Endpoint> endpoints) {
        Map<Endpoint, Double> exact = new HashMap<>();
        endpoints.forEach(endpoint -> exact.put(endpoint, 0.0));
        List<Share> callable = shares.stream()
                .map(share -> new Share(
                        share.service(),
                        share.weight(),
                        share.endpoints().stream().filter(exact::containsKey).toList()))
                .filter(share -> share.weight() > 0 && !share.endpoints().isEmpty())
                .toList();
        double total = callable.stream().mapToDouble(Share::weight).sum();
        for (Share share : callable) {
            double each = share.weight() / total / share.endpoints().size();
            share.endpoints().forEach(endpoint -> exact.merge(endpoint, each, Double::sum));
        }
        return exact.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> rounded(entry.getValue())));
    }

    private static int rounded(double part) {
        return part > 0 ? Math.max(1, (int) Math.round(part * WHOLE)) : 0;
    }
}
