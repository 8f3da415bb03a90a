package io.osmj.xds.resource;

import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resources of one type by name, sorted; never changed. One with a resource more has all but a path of nodes in common with this
 * one: a proxy that asks for one name after the other costs no copy of what it has, and neither do proxies that have most in common.
 */
final class NamedResources extends SortedView {
    static final NamedResources NONE = new NamedResources(null, 0);

    private final @Nullable Branch root;
    private final int size;

    private NamedResources(@Nullable Branch root, int size) {
        this.root = root;
        this.size = size;
    }

    /** Of these, which are sorted by name and of different names. */
    static NamedResources sorted(List<EnvoyResource> resources) {
        return new NamedResources(Branch.sorted(resources), resources.size());
    }

    /** The same with one more, whose name is not among these. */
    NamedResources with(EnvoyResource resource) {
        return new NamedResources(Branch.with(root, resource), size + 1);
    }

    @Override
    public @Nullable EnvoyResource get(@Nullable Object key) {
        return key instanceof String name ? Branch.get(root, name) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Collection<EnvoyResource> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<EnvoyResource> iterator() {
                return new Walk<>(root, resource -> resource);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Override
    public Set<Map.Entry<String, EnvoyResource>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, EnvoyResource>> iterator() {
                return new Walk<>(root, resource -> Map.entry(resource.name(), resource));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** By walking through both, which is less than looking each of them up. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof NamedResources named
                        ? size == named.size && sameResources(named)
                        : super.equals(other));
    }

    private boolean sameResources(NamedResources other) {
        Iterator<EnvoyResource> others = other.values().iterator();
        return values().stream().allMatch(resource -> resource.equals(others.next()));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** Through all of them, in the order of names. */
    private static final class Walk<T> implements Iterator<T> {
        private final Deque<Branch> ahead = new ArrayDeque<>();
        private final Function<EnvoyResource, T> view;

        Walk(@Nullable Branch root, Function<EnvoyResource, T> view) {
            this.view = view;
            down(root);
        }

        private void down(@Nullable Branch from) {
            for (Branch branch = from; branch != null; branch = branch.left()) {
                ahead.push(branch);
            }
        }

        @Override
        public boolean hasNext() {
            return !ahead.isEmpty();
        }

        @Override
        public T next() {
            if (ahead.isEmpty()) {
                throw new NoSuchElementException();
            }
            Branch branch = ahead.pop();
            down(branch.right());
            return view.apply(branch.resource());
        }
    }
}
