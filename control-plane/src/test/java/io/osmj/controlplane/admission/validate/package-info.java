/** Tests of what is refused of each kind, and in which words. */
@NullMarked
package io.osmj.controlplane.admission.validate;

import org.jspecify.annotations.NullMarked;
