/**
 * Cases as folders: a pod and what it is injected with go in, the patched pod, its bootstrap and the problems come out.
 *
 * <p>Run with {@code -Dgolden=write} to write what comes out; read the difference before you keep it.
 */
@NullMarked
package io.osmj.injector.golden;

import org.jspecify.annotations.NullMarked;
