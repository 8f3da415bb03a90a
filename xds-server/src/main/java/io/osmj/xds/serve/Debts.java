package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Answers that a client waits for: they are due at once, and whatever it is known to have. */
final class Debts {
    private final NavigableSet<String> names = new TreeSet<>();

    /** Asked for beyond the limits, so to be answered as missing. */
    private final NavigableSet<String> beyond = new TreeSet<>();

    private int beyondCharacters;

    /** Endpoints of clusters that were sent in this stream; due as soon as the client asks for them. */
    private final Set<String> expected = new HashSet<>();

    /** Told to be missing or gone, and still asked for. */
    private final Set<String> missed = new HashSet<>();

    private boolean all;

    /** A name is asked for. Not due if the client said that it has it, unless it has to be sent again. */
    boolean ask(String name, boolean claimed) {
        boolean due = expected.remove(name) || !claimed;
        if (beyond.remove(name)) {
            beyondCharacters -= name.length();
        }
        if (due) {
            names.add(name);
        }
        return due;
    }

    /** How many names wait that are remembered for nothing else. */
    int beyond() {
        return beyond.size();
    }

    /** How long those are. */
    int beyondCharacters() {
        return beyondCharacters;
    }

    void askBeyond(Set<String> tooMany) {
        for (String name : tooMany) {
            beyondCharacters += beyond.add(name) ? name.length() : 0;
        }
    }

    /** Everything is asked for. A client that has nothing yet is due an answer even if there is nothing: it waits for one. */
    void askAll(boolean due) {
        all |= due;
    }

    /** The name is due whatever the client has. */
    void owe(String name) {
        names.add(name);
    }

    /** The name is not due now; gives whether it was. */
    boolean withdraw(String name) {
        return names.remove(name);
    }

    /** None of these is due now; gives those that were. */
    Set<String> withdrawIf(Predicate<String> early) {
        Set<String> withdrawn = new TreeSet<>();
        names.removeIf(name -> early.test(name) && withdrawn.add(name));
        return withdrawn;
    }

    /** The name is due as soon as it is asked for, even if the client says that it has it. */
    void expect(String name) {
        expected.add(name);
    }

    /** The client was told that there is no such thing. */
    void missed(String name) {
        missed.add(name);
    }

    /** Something of this name has come to exist: due at once if the client was told that there is none. */
    void born(String name) {
        if (missed.remove(name)) {
            names.add(name);
        }
    }

    /** The name is remembered no longer, so whatever comes of it, the client is told that there is no such thing, if anything. */
    void forget(String name) {
        missed.remove(name);
        if (names.remove(name)) {
            askBeyond(Set.of(name));
        }
    }

    /** Of those asked for beyond the limits, the client is to have these all the same. */
    void allow(Predicate<String> covered) {
        beyond.removeIf(name -> {
            boolean allowed = covered.test(name);
            if (allowed) {
                names.add(name);
                beyondCharacters -= name.length();
            }
            return allowed;
        });
    }

    /** Those that were asked for beyond the limits are not told to be missing. */
    void forgo() {
        beyond.clear();
        beyondCharacters = 0;
    }

    void retain(Predicate<String> covered) {
        names.removeIf(covered.negate());
        missed.removeIf(covered.negate());
    }

    /** Whether one of these names is due. */
    boolean anyOf(Set<String> others) {
        return others.stream().anyMatch(names::contains);
    }

    /** Whether something is due, of names that this is true of. */
    boolean any(Predicate<String> mayGo) {
        return all || !beyond.isEmpty() || names.stream().anyMatch(mayGo);
    }

    /**
     * The next response; empty if there is none, or if all that is due is withheld. What does not fit, or must not go now, stays
     * due.
     */
    Optional<Content> pay(
            List<EnvoyResource> news,
            Map<String, EnvoyResource> wanted,
            Quarantine quarantine,
            Leave leave,
            int maxBytes) {
        boolean evenIfEmpty = takeAll(news);
        List<String> missing = new ArrayList<>(beyond);
        List<EnvoyResource> found = new ArrayList<>();
        List<EnvoyResource> later = new ArrayList<>();
        for (String name : names) {
            EnvoyResource resource = wanted.get(name);
            if (resource == null) {
                missing.add(name);
            } else if (!quarantine.withholds(resource)) {
                (leave.covers(quarantine.refused(name)) ? found : later).add(resource);
            }
        }
        List<EnvoyResource> paid = Content.cut(found, maxBytes);
        names.clear();
        forgo();
        later.addAll(found.subList(paid.size(), found.size()));
        later.forEach(resource -> names.add(resource.name()));
        boolean nothing = paid.isEmpty() && missing.isEmpty() && !(evenIfEmpty && names.isEmpty());
        return nothing ? Optional.empty() : Optional.of(new Content(paid, missing));
    }

    private boolean takeAll(List<EnvoyResource> news) {
        boolean due = all;
        if (due) {
            news.forEach(resource -> names.add(resource.name()));
        }
        all = false;
        return due;
    }
}
