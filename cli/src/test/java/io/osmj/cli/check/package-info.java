/** What {@code osm check} finds, against a real API server. */
@NullMarked
package io.osmj.cli.check;

import org.jspecify.annotations.NullMarked;
