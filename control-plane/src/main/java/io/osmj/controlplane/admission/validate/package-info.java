/**
 * What is checked of each kind before it is stored: one validator a kind. No I/O but by the look-ups that are passed in.
 *
 * <p>Where another room reads the kind anyway, its reader is asked, so that what is refused here and what takes no effect there
 * is the same thing.
 */
@NullMarked
package io.osmj.controlplane.admission.validate;

import org.jspecify.annotations.NullMarked;
