/**
 * What Envoy knows before the control plane tells it anything: who it is, whom to ask, and how to answer the kubelet.
 */
@NullMarked
package io.osmj.injector.bootstrap;

import org.jspecify.annotations.NullMarked;
