/**
 * Who may call whom: allow rules, whatever kind of object they were written as.
 */
@NullMarked
package io.osmj.core.policy;

import org.jspecify.annotations.NullMarked;
