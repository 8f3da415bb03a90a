/** Verdicts and their words; that real sidecars come to the same is tested in {@code integration}. */
@NullMarked
package io.osmj.cli.policy;

import org.jspecify.annotations.NullMarked;
