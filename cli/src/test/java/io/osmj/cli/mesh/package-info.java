/** How the control planes of a cluster are found and asked. */
@NullMarked
package io.osmj.cli.mesh;

import org.jspecify.annotations.NullMarked;
