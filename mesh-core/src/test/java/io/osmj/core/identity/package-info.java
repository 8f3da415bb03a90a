@NullMarked
package io.osmj.core.identity;

import org.jspecify.annotations.NullMarked;
