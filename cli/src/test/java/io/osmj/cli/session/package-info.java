/** Verdicts and their words; that real sidecars come to the same is tested in {@code integration}. */
@NullMarked
package io.osmj.cli.session;

import org.jspecify.annotations.NullMarked;
