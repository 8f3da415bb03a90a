/**
 * What the mesh knows of Dapr, as pure functions of what stands in the cluster. Nothing here talks to Dapr.
 */
@NullMarked
package io.osmj.dapr;

import org.jspecify.annotations.NullMarked;
