package io.osmj.xds.conformance;

import io.osmj.xds.resource.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who gives up is told no more. To give up has no answer of its own, so each time one more name is asked for right behind it:
 * when that is answered the server has heard both, and only then things change.
 */
final class GivingUp {
    private GivingUp() {}

    static List<Scenario> all() {
        return List.of(
                scenario("who gives up some names is told of the others only", Variant.WORLD, Part.GIVING_UP, topic -> {
                    topic.change("A", "B", "C", "D").ask("A", "B", "C").hear("A", "B", "C");
                    topic.giveUp("B", "C").ask("D").hear("D");
                    topic.change("B").change("C").change("A").hear("A").end();
                }),
                scenario("who gives up all names is told nothing", Variant.WORLD, Part.GIVING_UP, topic -> {
                    topic.change("A", "B", "C").ask("A", "B").hear("A", "B");
                    topic.giveUpAllByAnEmptyName().ask("C").hear("C");
                    topic.change("A").change("B").change("C").hear("C").end();
                }),
                scenario("who gives up name by name is told less and less", Variant.DELTA, Part.GIVING_UP, topic -> {
                    topic.change("A", "B", "C", "D").ask("A", "B").hear("A", "B");
                    topic.giveUp("B").ask("C").hear("C");
                    topic.change("B").change("A").hear("A");
                    topic.giveUp("A").ask("D").hear("D");
                    topic.change("A").change("B").change("D").hear("D").end();
                }),
                scenario("an empty list after names is no wildcard", Variant.WORLD, Part.BEYOND, topic -> {
                    topic.change("A", "B", "C").ask("A", "B").hear("A", "B");
                    topic.giveUp("A", "B").ask("C").hear("C");
                    topic.change("A").change("C").hear("C").end();
                }),
                scenario("what was given up and is asked for again is sent again", Variant.BOTH, Part.BEYOND, topic -> {
                    topic.change("A", "B").ask("A", "B").hear("A", "B");
                    topic.giveUp("B").ask("B").hear("B").end();
                }),
                scenario("to give up what was never asked for changes nothing", Variant.BOTH, Part.BEYOND, topic -> {
                    topic.change("A", "B", "C").ask("A").hear("A");
                    topic.giveUp("B").ask("C").hear("C");
                    topic.change("B").change("A").hear("A").end();
                }));
    }

    private static Scenario scenario(String title, Set<Variant> variants, Part part, Consumer<Topic> script) {
        Set<ResourceType> types = Asking.FOUR;
        return new Scenario(title, part, variants, types, Asking.SECRETS, script);
    }
}
