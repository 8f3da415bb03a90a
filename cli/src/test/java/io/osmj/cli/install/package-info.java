/** Installing and removing the control plane, against a real API server. */
@NullMarked
package io.osmj.cli.install;

import org.jspecify.annotations.NullMarked;
