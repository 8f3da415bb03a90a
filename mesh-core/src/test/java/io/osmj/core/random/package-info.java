/** A mesh in which things come, change and go at random: for tests of whatever keeps a mesh current, here and in other modules. */
@NullMarked
package io.osmj.core.random;

import org.jspecify.annotations.NullMarked;
