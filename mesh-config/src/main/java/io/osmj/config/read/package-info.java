/**
 * How MeshConfig becomes {@link io.osmj.core.settings.MeshSettings}: defaults applied, every bad value a problem.
 *
 * <p>An object is read as a JSON tree, so that the same reader serves the API server, an admission request and a file.
 */
@NullMarked
package io.osmj.config.read;

import org.jspecify.annotations.NullMarked;
