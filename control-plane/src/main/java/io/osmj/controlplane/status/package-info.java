/**
 * How faults reach people: collected on one board, shown on {@code /problems}, written as events and conditions.
 */
@NullMarked
package io.osmj.controlplane.status;

import org.jspecify.annotations.NullMarked;
