/**
 * What is counted, under Open Service Mesh's names where it has one.
 *
 * <p>Those names end in {@code _count} even where something only grows; Prometheus' libraries insist on {@code _total} for
 * counters, so they are exposed as gauges.
 */
@NullMarked
package io.osmj.controlplane.metrics;

import org.jspecify.annotations.NullMarked;
