/**
 * The control plane without a cluster: a watched folder of YAML for a source, files for tokens and the root of trust, ready
 * bootstraps for Envoys on this machine.
 *
 * <p>What differs from a cluster is here; what is published, and how, is the same. How a folder is read is told in {@code
 * io.osmj.objects.folder}.
 *
 * <pre>
 * STATE/ca/ca.crt, private.key   the mesh's root, as in the Secret of a cluster; may be replaced while the process runs
 * STATE/ca/xds.crt, xds.key      the root of the xDS server, which bootstraps trust
 * STATE/tokens/NS.POD            what the proxy of a pod shows, in place of a service account's token
 * STATE/bootstrap/NS.POD.yaml    what its Envoy is started with
 * STATE/ready                    there as long as proxies are served: the lines xds=PORT and status=PORT
 * </pre>
 */
@NullMarked
package io.osmj.controlplane.files;

import org.jspecify.annotations.NullMarked;
