/**
 * Runs commands once while the program is built, so that the classes they need can be kept ready for a fast start. No part of
 * a command; nobody calls it later.
 */
@NullMarked
package io.osmj.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
