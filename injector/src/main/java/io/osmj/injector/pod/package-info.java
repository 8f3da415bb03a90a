/**
 * The pod as a JSON tree, read by the words of Kubernetes. No decision is taken here.
 */
@NullMarked
package io.osmj.injector.pod;

import org.jspecify.annotations.NullMarked;
