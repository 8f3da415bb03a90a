/**
 * Which replica writes. All replicas serve proxies alike; events and status are written by one of them.
 */
@NullMarked
package io.osmj.controlplane.leader;

import org.jspecify.annotations.NullMarked;
