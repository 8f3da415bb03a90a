/** How results are shown: tables that line up, or JSON and YAML for programs. */
@NullMarked
package io.osmj.cli.view;

import org.jspecify.annotations.NullMarked;
