/**
 * From what the mesh is now to all that one proxy needs: {@code (MeshIndex, pod, addresses asked for) -> ProxyPlan}.
 *
 * <p>A plan is the whole input of a proxy's configuration. Two proxies with equal plans have equal configuration; a plan that
 * did not change means nothing to send.
 */
@NullMarked
package io.osmj.core.plan;

import org.jspecify.annotations.NullMarked;
