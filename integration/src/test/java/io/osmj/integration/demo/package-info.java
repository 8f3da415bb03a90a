/** {@code osm demo} as a user runs it. */
@NullMarked
package io.osmj.integration.demo;

import org.jspecify.annotations.NullMarked;
