package io.osmj.xds.render;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

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
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.ProxyPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses the outbound chain by the address and port that were dialled. It is a matcher and not a match in each chain because
 * a change of it closes no connection. Addresses with the same ports share one entry.
 */
final class DialledMatcher {
    static final String HTTP = "outbound-http";
    static final String TCP = "outbound-tcp";
    static final String EGRESS = "outbound-egress";

    private final boolean egress;

    private DialledMatcher(boolean egress) {
        this.egress = egress;
    }

    static Matcher render(ProxyPlan plan) {
        return new DialledMatcher(plan.egress()).matcher(plan.destinations());
    }

    private Matcher matcher(List<Destination> destinations) {
        TreeMap<String, TreeMap<Integer, String>> portsByAddress = new TreeMap<>();
        for (Destination destination : destinations) {
            portsByAddress
                    .computeIfAbsent(destination.address(), _ -> new TreeMap<>())
                    .put(destination.port(), destination.http() ? HTTP : TCP);
        }
        TreeMap<String, List<String>> addressesByPorts = portsByAddress.entrySet().stream()
                .collect(groupingBy(
                        entry -> entry.getValue().toString(), TreeMap::new, mapping(Map.Entry::getKey, toList())));
        IPMatcher.Builder ranges = IPMatcher.newBuilder();
        addressesByPorts.values().forEach(addresses -> {
            Map<Integer, String> ports = portsByAddress.getOrDefault(addresses.getFirst(), new TreeMap<>());
            ranges.addRangeMatchers(range(addresses, ports));
        });
        return addressesByPorts.isEmpty() ? everythingIsEgress() : byAddress(ranges.build());
    }

    private Matcher byAddress(IPMatcher ranges) {
        Matcher.Builder matcher = Matcher.newBuilder()
                .setMatcherTree(Matcher.MatcherTree.newBuilder()
                        .setInput(extension("destination-ip", DestinationIPInput.getDefaultInstance()))
                        .setCustomMatch(extension("envoy.matching.custom_matchers.trie_matcher", ranges)));
        otherwise().ifPresent(matcher::setOnNoMatch);
        return matcher.build();
    }

    private IPMatcher.IPRangeMatcher range(List<String> addresses, Map<Integer, String> ports) {
        IPMatcher.IPRangeMatcher.Builder range = IPMatcher.IPRangeMatcher.newBuilder()
                .setOnMatch(Matcher.OnMatch.newBuilder().setMatcher(byPort(ports)));
        addresses.forEach(address ->
                range.addRanges(CidrRange.newBuilder().setAddressPrefix(address).setPrefixLen(UInt32Value.of(32))));
        return range.build();
    }

    private Matcher byPort(Map<Integer, String> ports) {
        Matcher.MatcherTree.MatchMap.Builder map = Matcher.MatcherTree.MatchMap.newBuilder();
        ports.forEach((port, chain) -> map.putMap(String.valueOf(port), chain(chain)));
        Matcher.Builder matcher = Matcher.newBuilder()
                .setMatcherTree(Matcher.MatcherTree.newBuilder()
                        .setInput(extension("destination-port", DestinationPortInput.getDefaultInstance()))
                        .setExactMatchMap(map));
        otherwise().ifPresent(matcher::setOnNoMatch);
        return matcher.build();
    }

    /** With egress closed there is no chain to fall back to, and Envoy closes the connection. */
    private Optional<Matcher.OnMatch> otherwise() {
        return egress ? Optional.of(chain(EGRESS)) : Optional.empty();
    }

    private static Matcher everythingIsEgress() {
        return Matcher.newBuilder().setOnNoMatch(chain(EGRESS)).build();
    }

    private static Matcher.OnMatch chain(String name) {
        return Matcher.OnMatch.newBuilder()
                .setAction(extension(name, StringValue.of(name)))
                .build();
    }

    private static TypedExtensionConfig extension(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
