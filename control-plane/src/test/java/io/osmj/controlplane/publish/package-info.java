/** What proxies are told, and when, judged without threads: time is a number that the test moves. */
@NullMarked
package io.osmj.controlplane.publish;

import org.jspecify.annotations.NullMarked;
