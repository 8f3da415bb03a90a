/** What the process sets up before anything else. */
@NullMarked
package io.osmj.controlplane;

import org.jspecify.annotations.NullMarked;
