/**
 * Where pods live on a machine that has no cluster: their network, and how a process is started inside it.
 */
@NullMarked
package io.osmj.demo.place;

import org.jspecify.annotations.NullMarked;
