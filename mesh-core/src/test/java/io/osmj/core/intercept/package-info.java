@NullMarked
package io.osmj.core.intercept;

import org.jspecify.annotations.NullMarked;
