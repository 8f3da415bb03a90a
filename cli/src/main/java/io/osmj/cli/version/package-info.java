/** Which version this command is, and which the control planes are. */
@NullMarked
package io.osmj.cli.version;

import org.jspecify.annotations.NullMarked;
