/**
 * The steps that can be played: what is changed, and what the answers must become. Played by keys and by {@code --once}.
 */
@NullMarked
package io.osmj.demo.play;

import org.jspecify.annotations.NullMarked;
