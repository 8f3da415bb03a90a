package io.osmj.xds.conformance;

import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the outside suite does not ask. */
final class Beyond {
    private static final Set<ResourceType> FIVE =
            Stream.concat(Asking.FOUR.stream(), Asking.SECRETS.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<ResourceType> REFERRED_TO =
            FIVE.stream().filter(type -> !type.wildcard()).collect(Collectors.toUnmodifiableSet());

    private Beyond() {}

    static List<Scenario> all() {
        return List.of(
                scenario("who asks for all is told of differences", Variant.DELTA, Asking.WHOLE, topic -> {
                    topic.change("A", "B").askForAll().hear("A", "B");
                    topic.change("A").hear("A");
                    topic.change("C").hear("C");
                    topic.remove("B").hearGone("B").end();
                }),
                scenario("what is removed is not in the next whole", Variant.WORLD, Asking.WHOLE, topic -> {
                    topic.change("A", "B").askForAll().hear("A", "B");
                    topic.remove("B").hearGone("B").end();
                }),
                scenario("what others refer to is not taken away", Variant.WORLD, REFERRED_TO, topic -> {
                    topic.change("A", "B").ask("A", "B").hear("A", "B");
                    topic.remove("B").change("A").hear("A");
                    topic.change("B").hear("B").end();
                }),
                scenario(
                        "the star asks for all, with names or without, and can be given up",
                        Variant.BOTH,
                        Asking.WHOLE,
                        Beyond::star),
                scenario("a name given up that the star covers is told again", Variant.DELTA, Asking.WHOLE, topic -> {
                    // The client cannot know whether it still has it.
                    topic.change("A", "B").ask("*").hear("A", "B");
                    topic.ask("A").hear("A");
                    topic.giveUp("A").hear("A");
                    topic.change("A").hear("A").end();
                }),
                scenario("a name more is sent though nothing has changed", Variant.WORLD, FIVE, topic -> {
                    topic.change("A", "B", "C").ask("A").hear("A");
                    topic.ask("B").hear("B").end();
                }),
                scenario("a name asked for twice is sent twice", Variant.DELTA, FIVE, topic -> {
                    topic.change("A", "B").ask("A", "A", "B").hear("A", "B");
                    topic.ask("A").hear("A").end();
                }),
                scenario("what is refused is not sent again until it changes", Variant.BOTH, FIVE, topic -> {
                    topic.change("A", "B").ask("A").hear("A");
                    topic.change("A").refuse("A");
                    topic.ask("B").hear("B");
                    topic.change("A").hear("A").end();
                }),
                scenario("a request under an unknown nonce is not heard", Variant.WORLD, FIVE, topic -> {
                    topic.change("A", "B", "C").ask("A").hear("A");
                    topic.askUnderAnUnknownNonce("B").ask("C").hear("C");
                    topic.change("B").change("A").hear("A").end();
                }),
                scenario("names count, whatever the nonce", Variant.DELTA, FIVE, topic -> {
                    topic.change("A", "B").ask("A").hear("A");
                    topic.askUnderAnUnknownNonce("B").hear("B").end();
                }),
                scenario("a late acknowledgement is not answered", Variant.BOTH, FIVE, topic -> {
                    topic.change("A", "B").ask("A");
                    Runnable first = topic.hearUnanswered("A");
                    topic.ask("B");
                    Runnable second = topic.hearUnanswered("B");
                    first.run();
                    second.run();
                    topic.end();
                }),
                scenario("who was with another server is answered in full", Variant.WORLD, FIVE, topic -> {
                    topic.change("A", "B").comeBackWith("A", "B").hear("A", "B").end();
                }),
                scenario("who comes back is told what it lacks and what is gone", Variant.DELTA, FIVE, topic -> {
                    topic.change("A", "B", "C").change("B");
                    topic.comeBackWith("A", "B", "Z").ask("C").hear("B", "C");
                    topic.change("A").hear("A").end();
                }));
    }

    private static Scenario scenario(
            String title, Set<Variant> variants, Set<ResourceType> types, Consumer<Topic> script) {
        return new Scenario(title, Part.BEYOND, variants, types, Set.of(), script);
    }

    private static void star(Topic topic) {
        topic.change("A", "B").ask("*").hear("A", "B");
        topic.change("C").hear("C");
        topic.ask("A").hear("A");
        topic.giveUp("*").ask("B").hear("B");
        topic.change("C").change("A").hear("A").end();
    }
}
