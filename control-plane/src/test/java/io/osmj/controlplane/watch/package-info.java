/** How objects of the API server become the state. */
@NullMarked
package io.osmj.controlplane.watch;

import org.jspecify.annotations.NullMarked;
