/**
 * {@code osm check}: whether the mesh of a cluster works, and what to do where it does not. One class for each group of checks;
 * what Dapr needs is known by module {@code dapr}, here it is only looked up and printed.
 */
@NullMarked
package io.osmj.cli.check;

import org.jspecify.annotations.NullMarked;
