/** Envoy resources as text, for people: goldens and {@code osm translate}. Nothing that is printed here is read again. */
@NullMarked
package io.osmj.xds.print;

import org.jspecify.annotations.NullMarked;
