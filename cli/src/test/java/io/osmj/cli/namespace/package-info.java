/** Namespaces that come and go, against a real API server. */
@NullMarked
package io.osmj.cli.namespace;

import org.jspecify.annotations.NullMarked;
