/** What of the renderer can be judged without Envoy; Envoy's own judgement is in the room {@code integration}. */
@NullMarked
package io.osmj.xds.render;

import org.jspecify.annotations.NullMarked;
