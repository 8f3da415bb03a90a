/**
 * The mesh-wide settings with every default applied. How MeshConfig becomes these is told in {@code mesh-config}.
 */
@NullMarked
package io.osmj.core.settings;

import org.jspecify.annotations.NullMarked;
