/**
 * The folder of YAML that the demo's mesh is made of, and how it is edited: what a user would do with an editor.
 */
@NullMarked
package io.osmj.demo.folder;

import org.jspecify.annotations.NullMarked;
