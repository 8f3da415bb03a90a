/**
 * What every command is handed: the cluster it speaks to, where it prints, and the words of the command line that hold for
 * all commands. A client is made when it is first asked for, so that a command without a cluster starts fast.
 */
@NullMarked
package io.osmj.cli.session;

import org.jspecify.annotations.NullMarked;
