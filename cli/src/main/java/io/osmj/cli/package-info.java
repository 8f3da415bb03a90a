/**
 * The {@code osm} command: its entry point, and what all its commands share. What a command does is in the package named
 * after it; nothing here knows how the mesh decides.
 */
@NullMarked
package io.osmj.cli;

import org.jspecify.annotations.NullMarked;
