/**
 * What the mesh would make of a folder of YAML, without a cluster: each stage of the pipeline, and all that is wrong. How a
 * folder is read is told in {@code io.osmj.objects.folder}; every later step is the control plane's own.
 */
@NullMarked
package io.osmj.cli.offline;

import org.jspecify.annotations.NullMarked;
