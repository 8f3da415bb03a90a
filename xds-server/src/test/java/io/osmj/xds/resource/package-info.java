/** Tests of resources as values. */
@NullMarked
package io.osmj.xds.resource;

import org.jspecify.annotations.NullMarked;
