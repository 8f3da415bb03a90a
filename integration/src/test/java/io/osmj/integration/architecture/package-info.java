/**
 * The arrows between the rooms, and the habits inside them, as rules that fail the build. Each rule says why it is there.
 */
@NullMarked
package io.osmj.integration.architecture;

import org.jspecify.annotations.NullMarked;
