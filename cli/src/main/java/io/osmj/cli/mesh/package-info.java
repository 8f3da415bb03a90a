/** The control planes of a cluster: finding them, listing them, asking their controllers. */
@NullMarked
package io.osmj.cli.mesh;

import org.jspecify.annotations.NullMarked;
