package io.osmj.xds.conformance;

import io.osmj.xds.resource.ResourceType;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something that a client may expect.
 *
 * @param part where it comes from
 * @param types those for which that is so
 * @param more types for which it holds as well; there it counts as {@link Part#BEYOND}
 */
record Scenario(
        String title,
        Part part,
        Set<Variant> variants,
        Set<ResourceType> types,
        Set<ResourceType> more,
        Consumer<Topic> script) {

    /** One for each variant and type. */
    Stream<Case> cases() {
        return variants.stream()
                .flatMap(variant -> Stream.of(ResourceType.values())
                        .filter(type -> types.contains(type) || more.contains(type))
                        .map(type -> new Case(this, types.contains(type) ? part : Part.BEYOND, variant, type)));
    }
}
