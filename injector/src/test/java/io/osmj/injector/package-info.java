/**
 * Whole injections, one after the other.
 */
@NullMarked
package io.osmj.injector;

import org.jspecify.annotations.NullMarked;
