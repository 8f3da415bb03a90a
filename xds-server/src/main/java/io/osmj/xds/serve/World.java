package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One type on one state-of-the-world stream, told in terms of the delta protocol: lists of names become what is subscribed
 * to and given up, and what is new or gone becomes the whole. So both protocols have one ledger and one order.
 */
final class World {
    /** A client that never acknowledges costs no more than this; as in {@link Ledger}. */
    private static final int MOST_OPEN = 16;

    private final ResourceType type;
    private final Map<String, EnvoyResource> shown = new TreeMap<>();
    private final Map<String, List<Step>> open = new LinkedHashMap<>();
    private Set<String> names = Set.of();
    private String newest = "";
    private boolean started;
    private boolean named;

    /** What a response changed of one name; null where there is nothing. */
    private record Step(
            String name,
            @Nullable EnvoyResource before,
            @Nullable EnvoyResource after) {}

    World(ResourceType type) {
        this.type = type;
    }

    /**
     * Takes in a request. The first one of a stream counts whatever its nonce, which is another stream's; a later one that
     * does not know the newest response yet says nothing about names: the client will say it again.
     */
    DeltaRequest read(WorldRequest request) {
        boolean first = !started;
        started = true;
        settle(request);
        if (!first && !request.nonce().equals(newest)) {
            return new DeltaRequest(type, List.of(), List.of(), Map.of(), request.nonce(), request.refusal());
        }
        Set<String> wanted = wanted(request.names(), first);
        List<String> more = without(wanted, names);
        List<String> less = first && named && wanted.isEmpty() ? List.of(Interest.ALL) : without(names, wanted);
        names = wanted;
        shown.keySet().removeIf(name -> !names.contains(name) && !names.contains(Interest.ALL));
        return new DeltaRequest(type, more, less, Map.of(), first ? "" : request.nonce(), request.refusal());
    }

    /**
     * An empty list asks for all as long as no name was ever given; afterwards it asks for nothing (xDS protocol). An empty
     * name is a way to ask for nothing too, and must not be answered with a whole that is empty.
     */
    private Set<String> wanted(List<String> list, boolean first) {
        named |= !list.isEmpty();
        if (!named && type.wildcard()) {
            return first ? Set.of(Interest.ALL) : names;
        }
        Set<String> wanted = new TreeSet<>();
        list.forEach(name -> wanted.add(Interest.shortened(name)));
        wanted.remove("");
        return wanted;
    }

    private static List<String> without(Set<String> these, Set<String> those) {
        return these.stream().filter(name -> !those.contains(name)).toList();
    }

    private void settle(WorldRequest request) {
        List<Step> steps = open.remove(request.nonce());
        if (steps != null && request.refusal().isPresent()) {
            steps.forEach(this::undo);
        }
    }

    /** What was refused must not be in the next whole, or that would be refused too. */
    private void undo(Step step) {
        if (step.after() != null && step.after().equals(shown.get(step.name()))) {
            show(step.name(), step.before());
        }
    }

    private void show(String name, @Nullable EnvoyResource resource) {
        if (resource == null) {
            shown.remove(name);
        } else {
            shown.put(name, resource);
        }
    }

    /** The answer in this protocol; empty if it has no words for it: what is referred to is taken away by who refers to it. */
    Optional<WorldAnswer> write(DeltaAnswer answer) {
        List<Step> steps = new ArrayList<>();
        answer.resources().forEach(resource -> steps.add(step(resource.name(), resource)));
        answer.removed().forEach(name -> steps.add(step(name, null)));
        if (answer.resources().isEmpty() && !type.wildcard()) {
            return Optional.empty();
        }
        newest = answer.nonce();
        open.put(newest, steps);
        if (open.size() > MOST_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
        List<EnvoyResource> resources = type.wildcard() ? List.copyOf(shown.values()) : answer.resources();
        return Optional.of(new WorldAnswer(type, EnvoyResource.version(shown.values()), newest, resources));
    }

    private Step step(String name, @Nullable EnvoyResource after) {
        Step step = new Step(name, shown.get(name), after);
        show(name, after);
        return step;
    }
}
