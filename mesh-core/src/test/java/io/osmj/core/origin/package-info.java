@NullMarked
package io.osmj.core.origin;

import org.jspecify.annotations.NullMarked;
