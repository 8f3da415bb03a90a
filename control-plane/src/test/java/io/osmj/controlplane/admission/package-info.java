/** Tests of the admission endpoint over real HTTPS. */
@NullMarked
package io.osmj.controlplane.admission;

import org.jspecify.annotations.NullMarked;
