@NullMarked
package io.osmj.core.plan;

import org.jspecify.annotations.NullMarked;
