/**
 * Programs as processes: started, watched, killed, started again.
 */
@NullMarked
package io.osmj.demo.program;

import org.jspecify.annotations.NullMarked;
