/**
 * All parts put together: the containers, volumes, labels and annotations that an injected pod has, and how they are taken
 * away again when the pod comes by a second time.
 */
@NullMarked
package io.osmj.injector.patch;

import org.jspecify.annotations.NullMarked;
