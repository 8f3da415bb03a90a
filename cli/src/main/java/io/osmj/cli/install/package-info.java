/**
 * Brings the control plane into a cluster and takes it out again. What is installed is said by the chart in
 * {@code charts/osm} alone, which the jar carries; Helm runs inside this process, there is no {@code helm} to install.
 */
@NullMarked
package io.osmj.cli.install;

import org.jspecify.annotations.NullMarked;
