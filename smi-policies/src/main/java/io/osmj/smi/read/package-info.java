/**
 * SMI objects and Egress, which names some of them, as records, and how each is read from its JSON tree: one reader a kind.
 *
 * <p>A reader reports what is wrong with an object alone. What is wrong between objects, such as a target that names a route
 * group nobody wrote, is found in {@code io.osmj.smi.resolve}.
 */
@NullMarked
package io.osmj.smi.read;

import org.jspecify.annotations.NullMarked;
