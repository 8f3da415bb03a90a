/**
 * What an injection has to know beside the pod: its namespace, the settings, the mesh.
 */
@NullMarked
package io.osmj.injector.request;

import org.jspecify.annotations.NullMarked;
