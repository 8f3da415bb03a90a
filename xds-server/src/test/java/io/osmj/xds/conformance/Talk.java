package io.osmj.xds.conformance;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One scenario's stream, and what exists for it: numbers by type and name. */
final class Talk {
    private final Variant variant;
    private final Target.Place place;
    private final WireLog log;
    private final Client<?, ?> client;
    private final Map<ResourceType, Topic> topics = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, NavigableMap<String, Integer>> exists = new EnumMap<>(ResourceType.class);

    Talk(Variant variant, ResourceType type, Target.Place place, WireLog log) {
        this.variant = variant;
        this.place = place;
        this.log = log;
        Service service = variant.aggregated() ? Service.ADS : Service.of(type);
        this.client = variant.delta()
                ? new DeltaClient(place.channel(), service, log)
                : new WorldClient(place.channel(), service, log);
    }

    Topic topic(ResourceType type) {
        return topics.computeIfAbsent(type, _ -> new Topic(this, type));
    }

    Client<?, ?> client() {
        return client;
    }

    boolean delta() {
        return variant.delta();
    }

    NavigableMap<String, Integer> exists(ResourceType type) {
        return exists.computeIfAbsent(type, _ -> new TreeMap<>());
    }

    /** Gives the server all that exists. */
    void publish() {
        List<EnvoyResource> all = new ArrayList<>();
        exists.forEach((type, numbers) -> {
            log.changed(Service.of(type) + " is " + numbers);
            numbers.forEach((name, number) -> all.add(Sample.of(type, name, number)));
        });
        place.set(ResourceSet.of(all));
    }

    /** The server has nothing more to say to all it was told. */
    void end() {
        List<Answer> rest = client.end();
        if (!rest.isEmpty()) {
            throw new Miss("more responses than there was reason for: " + rest.size());
        }
    }
}
