/** The command from the outside: arguments in, text and exit code out. */
@NullMarked
package io.osmj.cli;

import org.jspecify.annotations.NullMarked;
