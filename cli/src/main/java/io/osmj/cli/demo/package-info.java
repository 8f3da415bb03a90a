/**
 * {@code osm demo}: finds Envoy, makes a place that ends with the command, and runs the demo's program in it. That program and
 * the control plane have a class path of their own; this command stays as small as it was.
 */
@NullMarked
package io.osmj.cli.demo;

import org.jspecify.annotations.NullMarked;
