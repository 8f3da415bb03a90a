/** Which namespaces belong to a mesh: adding, removing, listing and setting them aside. */
@NullMarked
package io.osmj.cli.namespace;

import org.jspecify.annotations.NullMarked;
