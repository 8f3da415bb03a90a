package io.osmj.xds.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of an AVL tree (Adelson-Velsky and Landis, 1962) of resources by name, which is never changed: a tree with one more is made of
 * new nodes along one path and of the old ones otherwise, as in Driscoll, Sarnak, Sleator and Tarjan, "Making data structures
 * persistent" (1989).
 *
 * @param left what comes before the resource
 * @param right what comes after it
 * @param height of the tree, so that looking up takes so many steps at most
 */
record Branch(
        @Nullable Branch left,
        EnvoyResource resource,
        @Nullable Branch right,
        int height) {
    private static Branch of(@Nullable Branch left, EnvoyResource resource, @Nullable Branch right) {
        return new Branch(left, resource, right, 1 + Math.max(high(left), high(right)));
    }

    /** Of these, which are sorted by name and of different names. */
    static @Nullable Branch sorted(List<EnvoyResource> sorted) {
        int middle = sorted.size() / 2;
        return sorted.isEmpty()
                ? null
                : of(
                        sorted(sorted.subList(0, middle)),
                        sorted.get(middle),
                        sorted(sorted.subList(middle + 1, sorted.size())));
    }

    /** One with a resource more, whose name is not in it. */
    static Branch with(@Nullable Branch branch, EnvoyResource resource) {
        if (branch == null) {
            return of(null, resource, null);
        }
        return resource.name().compareTo(branch.resource.name()) < 0
                ? balanced(with(branch.left, resource), branch.resource, branch.right)
                : balanced(branch.left, branch.resource, with(branch.right, resource));
    }

    private static Branch balanced(@Nullable Branch left, EnvoyResource resource, @Nullable Branch right) {
        if (left != null && left.height > high(right) + 1) {
            Branch inner = left.right;
            return inner != null && inner.height > high(left.left)
                    ? of(of(left.left, left.resource, inner.left), inner.resource, of(inner.right, resource, right))
                    : of(left.left, left.resource, of(inner, resource, right));
        }
        if (right != null && right.height > high(left) + 1) {
            Branch inner = right.left;
            return inner != null && inner.height > high(right.right)
                    ? of(of(left, resource, inner.left), inner.resource, of(inner.right, right.resource, right.right))
                    : of(of(left, resource, inner), right.resource, right.right);
        }
        return of(left, resource, right);
    }

    private static int high(@Nullable Branch branch) {
        return branch == null ? 0 : branch.height;
    }

    static @Nullable EnvoyResource get(@Nullable Branch root, String name) {
        Branch branch = root;
        while (branch != null) {
            int order = name.compareTo(branch.resource.name());
            if (order == 0) {
                return branch.resource;
            }
            branch = order < 0 ? branch.left : branch.right;
        }
        return null;
    }
}
