/** A real API server for the tests of this room, without nodes and without controllers. */
@NullMarked
package io.osmj.cli.cluster;

import org.jspecify.annotations.NullMarked;
