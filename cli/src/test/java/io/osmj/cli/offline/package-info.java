/** The commands that work on a folder, on folders of these tests. */
@NullMarked
package io.osmj.cli.offline;

import org.jspecify.annotations.NullMarked;
