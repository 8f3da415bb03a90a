/**
 * From the lists to the rules that iptables-restore loads. Text only; nothing is run here.
 */
@NullMarked
package io.osmj.injector.intercept;

import org.jspecify.annotations.NullMarked;
