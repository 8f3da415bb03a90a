package io.osmj.injector.intercept;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Lists as anyone might write them, from few enough values that they overlap; and what they are meant to decide. */
final class RandomLists {
    private final Random random;

    RandomLists(Random random) {
        this.random = random;
    }

    Interception next() {
        return new Interception(
                ports(), ports(), ranges(6), random.nextBoolean() ? List.of() : ranges(4), interfaces());
    }

    /** Whether a connection of the application to this destination passes the sidecar by. */
    static boolean passes(Interception lists, InetSocketAddress destination) {
        Cidr address = Cidr.parse(destination.getHostString() + "/32").orElseThrow();
        boolean excluded =
                lists.outboundPorts().contains(destination.getPort()) || within(lists.outboundExclusions(), address);
        boolean wanted = lists.outboundInclusions().isEmpty() || within(lists.outboundInclusions(), address);
        return excluded || !wanted;
    }

    static List<InetSocketAddress> destinations(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new InetSocketAddress(
                        "198.18." + random.nextInt(8) + "." + (1 + random.nextInt(254)), 1 + random.nextInt(64)))
                .toList();
    }

    private List<Integer> ports() {
        return random.ints(random.nextInt(50), 1, 65)
                .mapToObj(port -> random.nextInt(10) == 0 ? 65535 - port : port)
                .toList();
    }

    private List<Cidr> ranges(int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(_ -> Cidr.parse("198.18." + random.nextInt(8) + "." + random.nextInt(256) + "/"
                                + (random.nextInt(20) == 0 ? 0 : 21 + random.nextInt(12)))
                        .orElseThrow())
                .toList();
    }

    private List<String> interfaces() {
        return random.nextBoolean() ? List.of() : List.of("eth1", "a-very.long_nam", "net:1@2");
    }

    private static boolean within(List<Cidr> ranges, Cidr address) {
        return ranges.stream().anyMatch(range -> new Cidr(address.address(), range.prefix()).equals(range));
    }
}
