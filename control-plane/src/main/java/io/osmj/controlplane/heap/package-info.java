/**
 * Keeps the heap near what is alive. The collector of small heaps would let garbage lie that became old until there is no room
 * left.
 */
@NullMarked
package io.osmj.controlplane.heap;

import org.jspecify.annotations.NullMarked;
