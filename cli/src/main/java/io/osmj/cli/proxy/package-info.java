/** Looking into the sidecar of one pod. */
@NullMarked
package io.osmj.cli.proxy;

import org.jspecify.annotations.NullMarked;
