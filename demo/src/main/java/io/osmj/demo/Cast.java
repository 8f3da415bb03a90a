package io.osmj.demo;

import io.osmj.demo.folder.Member;
import io.osmj.demo.place.Place;
import java.util.List;

/** Who plays: a shop, its stock in two versions, and a visitor who looks at shop and stock. */
final class Cast {
    private static final String SERVICES = "10.43.0.";
    private static final int PORT = 8080;

    private Cast() {}

    static List<Member> at(Place place) {
        return List.of(
                member(place, "stock", 12),
                member(place, "stock-v2", 14),
                member(place, "shop", 11, "stock"),
                member(place, "visitor", 13, "shop", "stock"));
    }

    private static Member member(Place place, String name, int number, String... calls) {
        return new Member(
                name,
                place.podAddress(number),
                place.applicationAddress(number),
                SERVICES + number,
                PORT,
                List.of(calls));
    }
}
