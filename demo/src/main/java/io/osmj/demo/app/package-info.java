/**
 * An application of the demo. It runs as a process of its own, knows nothing of a mesh, and needs the JDK only.
 */
@NullMarked
package io.osmj.demo.app;

import org.jspecify.annotations.NullMarked;
