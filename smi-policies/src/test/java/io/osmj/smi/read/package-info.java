/** Tests of how SMI objects are read. */
@NullMarked
package io.osmj.smi.read;

import org.jspecify.annotations.NullMarked;
