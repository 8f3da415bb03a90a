package io.osmj.integration.bench;

import io.osmj.demo.place.PodPlace;

/**
 * A pod that calls and a pod that answers.
 *
 * @param client where the load comes from
 * @param server where the application is
 */
record PodPair(PodPlace client, PodPlace server) {
    static final int PORT = 8080;

    /** Two pods of their own for one way of calling; the number keeps the addresses of pairs apart. */
    static PodPair of(String name, int number) {
        String network = "10.42.%d.".formatted(number);
        return new PodPair(
                new PodPlace(name + "-from", network + 1, PORT), new PodPlace(name + "-to", network + 2, PORT));
    }
}
