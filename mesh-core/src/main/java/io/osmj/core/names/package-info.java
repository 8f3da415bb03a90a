/**
 * The names that parts of the mesh agree on: labels, annotations, ports, the audience of the proxies' token.
 *
 * <p>All but those that say otherwise are Open Service Mesh's, unchanged, because users and their scripts know them. How a
 * value is read is told where it is read.
 */
@NullMarked
package io.osmj.core.names;

import org.jspecify.annotations.NullMarked;
