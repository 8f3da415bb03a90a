package io.osmj.xds.render;

import com.github.xds.core.v3.CidrRange;
import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.names.Ports;
import io.osmj.core.plan.Exit;
import io.osmj.core.plan.Reach;
import java.util.List;

/**
 * Chooses the outbound chain by the address and port that were dialled. It is a matcher and not a match in each chain because
 * a change of it closes no connection. It knows ranges and ports, never a single service.
 */
final class DialledMatcher {
    static final String HTTP = "outbound-http";
    static final String TCP = "outbound-tcp";
    static final String EGRESS = "outbound-egress";
    static final String EXIT = "outbound-egress-by-name";

    /** No chain has this name, so Envoy closes the connection. */
    private static final String CLOSED = "closed";

    /** Nobody is sent here from loopback; who comes all the same dialled the listener, and would be sent to it again. */
    private static final List<Cidr> LOOPBACK = List.of(Cidr.LOOPBACK);

    private DialledMatcher() {}

    static Matcher render(Reach reach) {
        IPMatcher.Builder ranges = IPMatcher.newBuilder().addRangeMatchers(range(LOOPBACK, chain(CLOSED)));
        if (!reach.ranges().isEmpty()) {
            ranges.addRangeMatchers(
                    range(reach.ranges(), Matcher.OnMatch.newBuilder().setMatcher(byPort(reach.httpPorts()))));
        }
        Matcher.Builder matcher = byAddress(ranges);
        if (reach.egress()) {
            matcher.setOnNoMatch(chain(EGRESS));
        } else if (!reach.exits().isEmpty()) {
            matcher.setOnNoMatch(Matcher.OnMatch.newBuilder().setMatcher(byExit(reach.exits())));
        }
        return matcher.build();
    }

    private static Matcher byExit(List<Exit> exits) {
        Matcher.MatcherTree.MatchMap.Builder map = Matcher.MatcherTree.MatchMap.newBuilder();
        exits.forEach(
                exit -> map.putMap(String.valueOf(exit.port()), leaving(exit).build()));
        return byPort(map, CLOSED);
    }

    private static Matcher.OnMatch.Builder leaving(Exit exit) {
        Matcher.OnMatch.Builder elsewhere = chain(exit.byName() ? EXIT : CLOSED);
        if (exit.ranges().isEmpty()) {
            return elsewhere;
        }
        return exit.any()
                ? chain(EGRESS)
                : Matcher.OnMatch.newBuilder()
                        .setMatcher(
                                byAddress(IPMatcher.newBuilder().addRangeMatchers(range(exit.ranges(), chain(EGRESS))))
                                        .setOnNoMatch(elsewhere));
    }

    private static Matcher.Builder byAddress(IPMatcher.Builder ranges) {
        return Matcher.newBuilder()
                .setMatcherTree(Matcher.MatcherTree.newBuilder()
                        .setInput(extension("destination-ip", DestinationIPInput.getDefaultInstance()))
                        .setCustomMatch(extension("envoy.matching.custom_matchers.trie_matcher", ranges.build())));
    }

    private static IPMatcher.IPRangeMatcher.Builder range(List<Cidr> ranges, Matcher.OnMatch.Builder then) {
        IPMatcher.IPRangeMatcher.Builder range =
                IPMatcher.IPRangeMatcher.newBuilder().setOnMatch(then);
        ranges.forEach(cidr -> range.addRanges(CidrRange.newBuilder()
                .setAddressPrefix(cidr.firstAddress())
                .setPrefixLen(UInt32Value.of(cidr.prefix()))));
        return range;
    }

    private static Matcher byPort(List<Integer> httpPorts) {
        Matcher.MatcherTree.MatchMap.Builder map = Matcher.MatcherTree.MatchMap.newBuilder();
        httpPorts.forEach(port -> map.putMap(String.valueOf(port), chain(HTTP).build()));
        return byPort(map, TCP);
    }

    private static Matcher byPort(Matcher.MatcherTree.MatchMap.Builder map, String otherwise) {
        map.putMap(String.valueOf(Ports.OUTBOUND), chain(CLOSED).build());
        return Matcher.newBuilder()
                .setMatcherTree(Matcher.MatcherTree.newBuilder()
                        .setInput(extension("destination-port", DestinationPortInput.getDefaultInstance()))
                        .setExactMatchMap(map))
                .setOnNoMatch(chain(otherwise))
                .build();
    }

    private static Matcher.OnMatch.Builder chain(String name) {
        return Matcher.OnMatch.newBuilder().setAction(extension(name, StringValue.of(name)));
    }

    private static TypedExtensionConfig extension(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
