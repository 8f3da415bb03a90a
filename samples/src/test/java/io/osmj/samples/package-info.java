/** The sample applications over real sockets, with the answers of their Dapr sidecar given by the test. */
@NullMarked
package io.osmj.samples;

import org.jspecify.annotations.NullMarked;
