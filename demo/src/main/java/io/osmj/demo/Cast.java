package io.osmj.demo;

import io.osmj.demo.folder.Member;
import java.util.List;

/** Who plays: a shop, its stock in two versions, and a visitor who looks at shop and stock. */
final class Cast {
    static final List<Member> MEMBERS = List.of(
            new Member("stock", "10.42.0.12", "10.43.0.12", 8080, List.of()),
            new Member("stock-v2", "10.42.0.14", "10.43.0.14", 8080, List.of()),
            new Member("shop", "10.42.0.11", "10.43.0.11", 8080, List.of("stock")),
            new Member("visitor", "10.42.0.13", "10.43.0.13", 8080, List.of("shop", "stock")));

    private Cast() {}
}
