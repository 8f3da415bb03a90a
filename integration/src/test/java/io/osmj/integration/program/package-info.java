/** The programs of this repository, built as their users have them. */
@NullMarked
package io.osmj.integration.program;

import org.jspecify.annotations.NullMarked;
