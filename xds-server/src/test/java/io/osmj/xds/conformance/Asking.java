package io.osmj.xds.conformance;

import static io.osmj.xds.resource.ResourceType.CLUSTER;
import static io.osmj.xds.resource.ResourceType.ENDPOINT;
import static io.osmj.xds.resource.ResourceType.LISTENER;
import static io.osmj.xds.resource.ResourceType.ROUTE;
import static io.osmj.xds.resource.ResourceType.SECRET;

import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Who asks gets it, and is told of changes. */
final class Asking {
    static final Set<ResourceType> WHOLE = Set.of(CLUSTER, LISTENER);
    static final Set<ResourceType> FOUR = Set.of(CLUSTER, LISTENER, ROUTE, ENDPOINT);
    static final Set<ResourceType> SECRETS = Set.of(SECRET);

    private Asking() {}

    static List<Scenario> all() {
        return List.of(
                world("who asks for all gets all, in one response", WHOLE, Set.of(), topic -> {
                    topic.change("A", "B", "C").askForAll().hear("A", "B", "C").end();
                }),
                world("a change of one is told with all", WHOLE, Set.of(), topic -> {
                    topic.change("A", "B", "C").askForAll().hear("A", "B", "C");
                    topic.change("A").hear("A").end();
                }),
                world("what is added is told with all", WHOLE, Set.of(), topic -> {
                    topic.change("A", "B", "C").askForAll().hear("A", "B", "C");
                    topic.change("D").hear("D").end();
                }),
                new Scenario(
                        "who asks for names gets these and no others",
                        Part.ASKING,
                        Variant.BOTH,
                        Set.of(LISTENER, ROUTE),
                        Set.of(CLUSTER, ENDPOINT, SECRET),
                        topic -> topic.change("A", "B", "C", "D")
                                .ask("B", "D")
                                .hear("B", "D")
                                .end()),
                world("a change of a name that is asked for is told, that of another is not", FOUR, SECRETS, topic -> {
                    topic.change("A", "B", "C", "D").ask("B", "D").hear("B", "D");
                    topic.change("A").change("B").hear("B").end();
                }),
                world("a missing name holds nothing up and is told when it exists", FOUR, SECRETS, topic -> {
                    topic.change("A", "B").ask("A", "Z").hear("A");
                    topic.change("Z").hear("Z").end();
                }),
                new Scenario(
                        "two types on one stream do not disturb each other",
                        Part.ASKING,
                        Set.of(Variant.WORLD_AGGREGATED),
                        Set.of(CLUSTER, ROUTE),
                        Set.of(LISTENER, ENDPOINT),
                        Asking::twoTypesOneByOne),
                delta("names asked for one after the other are told one by one", topic -> {
                    topic.change("A", "B", "C").ask("A").hear("A");
                    topic.ask("B").hear("B").end();
                }),
                delta("a change is told alone", topic -> {
                    topic.change("A", "B", "C").ask("A", "B", "C").hear("A", "B", "C");
                    topic.change("A").hear("A").end();
                }),
                delta("a missing name is said to be missing, and told when it exists", topic -> {
                    topic.change("A").ask("A", "B").hear("A");
                    topic.change("B").hear("B").end();
                }),
                delta("what is removed is said to be gone, and told when it is back", topic -> {
                    topic.change("A", "B").ask("A", "B").hear("A", "B");
                    topic.remove("B").hearGone("B");
                    topic.change("B").hear("B").end();
                }),
                new Scenario(
                        "two types on one stream do not disturb each other",
                        Part.ASKING,
                        Set.of(Variant.DELTA_AGGREGATED),
                        FOUR,
                        Set.of(),
                        Asking::twoTypesAtOnce));
    }

    private static Scenario world(
            String title, Set<ResourceType> types, Set<ResourceType> more, Consumer<Topic> script) {
        return new Scenario(title, Part.ASKING, Variant.WORLD, types, more, script);
    }

    private static Scenario delta(String title, Consumer<Topic> script) {
        return new Scenario(title, Part.ASKING, Variant.DELTA, FOUR, SECRETS, script);
    }

    private static Topic partner(Topic topic) {
        return topic.beside(
                switch (topic.type()) {
                    case CLUSTER -> LISTENER;
                    case LISTENER -> CLUSTER;
                    case ROUTE -> ENDPOINT;
                    default -> ROUTE;
                });
    }

    private static void twoTypesOneByOne(Topic one) {
        Topic other = partner(one);
        one.change("A", "B", "C");
        other.change("A", "B", "C");
        one.ask("B").hear("B");
        other.ask("B").hear("B");
        one.change("B").hear("B").end();
    }

    private static void twoTypesAtOnce(Topic one) {
        Topic other = partner(one);
        one.change("A", "B", "C");
        other.change("A", "B", "C");
        one.ask("B");
        other.ask("B").hear("B");
        one.hear("B").change("B").hear("B");
        other.change("B").hear("B").end();
    }
}
