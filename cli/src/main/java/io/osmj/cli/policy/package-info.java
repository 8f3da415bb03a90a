/**
 * Verdicts of the mesh, explained: whether one workload may call a service, by which object, or why not.
 *
 * <p>A verdict is read off the plans that the proxies of both sides would get, so it cannot differ from what they do. The rules
 * are looked at once more only to say why none of them was a grant.
 */
@NullMarked
package io.osmj.cli.policy;

import org.jspecify.annotations.NullMarked;
