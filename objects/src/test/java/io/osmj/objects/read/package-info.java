/** What a folder of YAML comes to, and what is said of files that cannot be used. */
@NullMarked
package io.osmj.objects.read;

import org.jspecify.annotations.NullMarked;
