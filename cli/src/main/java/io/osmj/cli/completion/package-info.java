/** Completion of the command line in a shell. */
@NullMarked
package io.osmj.cli.completion;

import org.jspecify.annotations.NullMarked;
