/**
 * Traffic targets and the routes they name, joined to allow rules.
 */
@NullMarked
package io.osmj.smi.resolve;

import org.jspecify.annotations.NullMarked;
