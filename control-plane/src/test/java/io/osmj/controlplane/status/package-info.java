@NullMarked
package io.osmj.controlplane.status;

import org.jspecify.annotations.NullMarked;
