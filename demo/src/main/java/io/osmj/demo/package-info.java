/**
 * The mesh on one machine, without a cluster: the program behind {@code osm demo}.
 */
@NullMarked
package io.osmj.demo;

import org.jspecify.annotations.NullMarked;
