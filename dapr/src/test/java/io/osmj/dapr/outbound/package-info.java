/** What daprd must reach past its sidecar. */
@NullMarked
package io.osmj.dapr.outbound;

import org.jspecify.annotations.NullMarked;
