/**
 * The rules as text, and as the kernel applies them to real connections between two network namespaces.
 */
@NullMarked
package io.osmj.injector.intercept;

import org.jspecify.annotations.NullMarked;
