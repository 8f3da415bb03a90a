/**
 * A pod in, a patched pod out. No I/O, no clock, no randomness: the caller brings what is seen and sends what is decided.
 *
 * <pre>
 * pod + request -> decide -> annotation -> intercept, probe -> bootstrap -> patch -> result
 * </pre>
 *
 * <p>The pod stays a JSON tree, so that fields this program has never heard of come out as they went in. The endpoint that
 * the API server calls is in {@code control-plane}.
 */
@NullMarked
package io.osmj.injector;

import org.jspecify.annotations.NullMarked;
