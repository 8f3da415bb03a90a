/**
 * A real kube-apiserver with its etcd, and nothing else of a cluster: no controllers, no nodes.
 */
@NullMarked
package io.osmj.integration.apiserver;

import org.jspecify.annotations.NullMarked;
