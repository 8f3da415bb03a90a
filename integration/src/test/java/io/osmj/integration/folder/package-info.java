/** The control plane of a folder as a process, with real Envoys that it serves; they judge the verdicts of the command. */
@NullMarked
package io.osmj.integration.folder;

import org.jspecify.annotations.NullMarked;
