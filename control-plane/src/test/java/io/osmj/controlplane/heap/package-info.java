@NullMarked
package io.osmj.controlplane.heap;

import org.jspecify.annotations.NullMarked;
