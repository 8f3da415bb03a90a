/**
 * The bootstrap as a real Envoy takes it.
 */
@NullMarked
package io.osmj.injector.bootstrap;

import org.jspecify.annotations.NullMarked;
