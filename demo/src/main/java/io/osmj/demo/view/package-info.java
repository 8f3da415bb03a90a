/**
 * What is on the screen: a frame made of what is known, and the terminal it is drawn on.
 */
@NullMarked
package io.osmj.demo.view;

import org.jspecify.annotations.NullMarked;
