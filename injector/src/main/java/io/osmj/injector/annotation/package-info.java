/**
 * What the annotations of a pod say about interception, and how the lists in force are written down on it.
 */
@NullMarked
package io.osmj.injector.annotation;

import org.jspecify.annotations.NullMarked;
