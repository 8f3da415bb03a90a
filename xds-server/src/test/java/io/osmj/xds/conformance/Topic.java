package io.osmj.xds.conformance;

import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One type on a scenario's stream: what happens to it, what the client says of it, and what it must hear. */
final class Topic {
    private static final String ALL = "*";

    private final Talk talk;
    private final ResourceType type;
    private final NavigableMap<String, Integer> exists;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private String version = "";
    private boolean changed;

    Topic(Talk talk, ResourceType type) {
        this.talk = talk;
        this.type = type;
        this.exists = talk.exists(type);
    }

    /** Another type on the same stream. */
    Topic beside(ResourceType other) {
        return talk.topic(other);
    }

    ResourceType type() {
        return type;
    }

    /** These come to exist, or exist in a new version. */
    Topic change(String... names) {
        for (String name : names) {
            exists.put(name, numbers.merge(name, 1, Integer::sum));
            changed |= asked.contains(name) || asked.contains(ALL);
        }
        talk.publish();
        return this;
    }

    Topic remove(String name) {
        exists.remove(name);
        talk.publish();
        return this;
    }

    Topic askForAll() {
        asked.add(ALL);
        talk.client().ask(type, List.of(), List.of());
        return this;
    }

    Topic ask(String... names) {
        return ask(List.of(names), List.of());
    }

    Topic giveUp(String... names) {
        return ask(List.of(), List.of(names));
    }

    /** By asking for one name that is empty. */
    Topic giveUpAllByAnEmptyName() {
        return ask(List.of(""), List.copyOf(asked)).forget("");
    }

    private Topic forget(String name) {
        asked.remove(name);
        missing.remove(name);
        return this;
    }

    private Topic ask(Collection<String> more, Collection<String> less) {
        less.forEach(this::forget);
        note(more);
        talk.client().ask(type, more, less);
        return this;
    }

    private void note(Collection<String> more) {
        for (String name : more) {
            asked.add(name);
            if (talk.delta() && !name.equals(ALL) && !exists.containsKey(name)) {
                missing.add(name);
            }
        }
    }

    /** As {@link #ask}, under a nonce that was never given. In the state of the world that is not heard. */
    Topic askUnderAnUnknownNonce(String name) {
        if (talk.delta()) {
            note(List.of(name));
        }
        talk.client().askUnder("never given", type, List.of(name));
        return this;
    }

    /** The first request of a client that has these already, in their first version. */
    Topic comeBackWith(String... names) {
        Map<String, String> held = new TreeMap<>();
        for (String name : names) {
            held.put(name, resource(name, 1).version());
        }
        note(held.keySet());
        talk.client().comeBack(type, held);
        return this;
    }

    private EnvoyResource resource(String name, int number) {
        return Sample.of(type, name, number);
    }

    /**
     * What was asked for or has changed is told, as it is now, and nothing else; it is accepted. Where this type is told as a
     * whole, that is all that is asked for, in one response. Where differences are told, so is what was asked for and missing.
     */
    Topic hear(String... names) {
        return hear(List.of(names), List.of(), talk.client()::accept);
    }

    /** It is told that these are gone: by their names, or by a whole without them. */
    Topic hearGone(String... names) {
        return hear(List.of(), talk.delta() ? List.of(names) : List.of(), talk.client()::accept);
    }

    /** As {@link #hear}, and refuses it. */
    Topic refuse(String... names) {
        for (String name : names) {
            refused.put(name, exists.get(name));
        }
        return hear(List.of(names), List.of(), talk.client()::refuse);
    }

    /** As {@link #hear}, and says nothing to it until the result is run. */
    Runnable hearUnanswered(String... names) {
        List<Answer> answers = new ArrayList<>();
        hear(List.of(names), List.of(), answers::add);
        return () -> answers.forEach(talk.client()::accept);
    }

    private Topic hear(Collection<String> news, Collection<String> gone, Consumer<Answer> reaction) {
        Map<String, Integer> due = due(news);
        Set<String> leaving = new TreeSet<>(gone);
        leaving.addAll(missing);
        missing.clear();
        Map<String, Integer> heard = new HashMap<>();
        do {
            Answer answer = talk.client().read(type);
            answer.items().forEach(item -> heard.put(item.name(), judge(item, due)));
            answer.removed().forEach(name -> removed(name, leaving));
            judge(answer.version());
            reaction.accept(answer);
        } while (!isWhole() && !(due.isEmpty() && leaving.isEmpty()));
        if (!due.isEmpty()) {
            throw new Miss("the whole lacks " + due.keySet());
        }
        heard.forEach((name, number) -> {
            if (!number.equals(refused.get(name))) {
                accepted.put(name, number);
            }
        });
        return this;
    }

    private boolean isWhole() {
        return !talk.delta() && type.wildcard();
    }

    /** Names and numbers to hear of. What was refused stays as it was accepted last until it changes. */
    private Map<String, Integer> due(Collection<String> news) {
        Map<String, Integer> due = new TreeMap<>();
        for (String name : isWhole() ? exists.keySet() : news) {
            Integer now = exists.get(name);
            boolean stuck = !news.contains(name) && now != null && now.equals(refused.get(name));
            Integer number = stuck ? accepted.get(name) : now;
            if (number != null && (asked.contains(name) || asked.contains(ALL))) {
                due.put(name, number);
            }
        }
        return due;
    }

    private int judge(Answer.Item item, Map<String, Integer> due) {
        Integer number = due.remove(item.name());
        if (number == null) {
            throw new Miss("'" + item.name() + "' was sent without a reason");
        }
        EnvoyResource expected = resource(item.name(), number);
        if (!item.body().equals(expected.body())) {
            throw new Miss("'" + item.name() + "' was not sent as it is in version " + number);
        }
        if (talk.delta() && !item.version().equals(expected.version())) {
            throw new Miss("the version of '" + item.name() + "' is not that of its content");
        }
        return number;
    }

    private static void removed(String name, Set<String> leaving) {
        if (!leaving.remove(name)) {
            throw new Miss("'" + name + "' was said to be gone without a reason");
        }
    }

    private void judge(String next) {
        if (changed && !talk.delta() && next.equals(version)) {
            throw new Miss("something has changed and the version of the response has not");
        }
        changed = false;
        version = next;
    }

    /** Nothing more is said. Ends the stream. */
    void end() {
        talk.end();
    }
}
