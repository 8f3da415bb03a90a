/**
 * Which Kubernetes objects a part of a proxy's configuration is made of. Asked when a proxy refuses that part, and never else: a plan
 * does not carry where each of its values came from.
 */
@NullMarked
package io.osmj.core.origin;

import org.jspecify.annotations.NullMarked;
