/**
 * All that runs: the control plane, the applications, their sidecars; what they answer each other, and why.
 */
@NullMarked
package io.osmj.demo.scene;

import org.jspecify.annotations.NullMarked;
