package io.osmj.xds.serve;

import io.osmj.xds.resource.EnvoyResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client is to have of one type, and how that differs from what it has. The difference is worked out when it is asked
 * for, and then once until something changes.
 */
final class Outstanding {
    private final Interest interest;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Holds holds;

    /** Names to be looked at again; all others are as they should be, or refused. Keeps a change of one at the cost of one. */
    private final NavigableSet<String> open = new TreeSet<>();

    private NavigableMap<String, EnvoyResource> wanted = new TreeMap<>();
    private @Nullable Difference difference;

    Outstanding(Interest interest, Ledger ledger, Quarantine quarantine, Holds holds) {
        this.interest = interest;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.holds = holds;
    }

    /** The client is to have these and nothing else. */
    void want(NavigableMap<String, EnvoyResource> resources) {
        Changes.tell(wanted, resources, open::add);
        wanted = resources;
        changed();
    }

    NavigableMap<String, EnvoyResource> wanted() {
        return wanted;
    }

    boolean wants(String name) {
        return wanted.containsKey(name);
    }

    /** These names are to be looked at again. */
    void look(Collection<String> names) {
        open.addAll(names);
        changed();
    }

    /** Something that the difference depends on has changed. */
    void changed() {
        difference = null;
    }

    /** Of the names that are to be looked at, those that the client is to have. */
    List<String> arriving() {
        return open.stream().filter(this::wants).toList();
    }

    /** Of the names that are to be looked at, those that the client is not to have. */
    NavigableSet<String> leaving() {
        NavigableSet<String> leaving = new TreeSet<>(open);
        leaving.removeIf(name -> wants(name) || holds.has(name));
        return leaving;
    }

    Difference difference() {
        if (difference == null) {
            List<EnvoyResource> news = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            open.removeIf(name -> !isOpen(name, news, gone));
            difference = new Difference(news, gone);
        }
        return difference;
    }

    private boolean isOpen(String name, List<EnvoyResource> news, List<String> gone) {
        EnvoyResource resource = wanted.get(name);
        if (resource == null) {
            return !holds.has(name) && ledger.version(name) != null && gone.add(name);
        }
        return interest.covers(name) && isNews(resource) && news.add(resource);
    }

    private boolean isNews(EnvoyResource resource) {
        return !resource.version().equals(ledger.version(resource.name())) && !quarantine.withholds(resource);
    }
}
