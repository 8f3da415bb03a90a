/**
 * A folder of ordinary Kubernetes YAML as the state of a cluster, without a cluster.
 *
 * <pre>
 * texts of files -> YamlObjects -> KindCheck -> Folder (last good state of each file) -> Workloads, Membership, Addresses,
 *                   Injector -> ObservedObjects -> StateReader -> ClusterState
 * </pre>
 *
 * <p>What the API server, controllers and the injector would add in a cluster is added here: default namespaces, pods of
 * workloads, addresses, endpoints and sidecars. Every problem knows its file and line. Pure but for {@link
 * io.osmj.objects.folder.FolderFiles}, which reads the files.
 */
@NullMarked
package io.osmj.objects.folder;

import org.jspecify.annotations.NullMarked;
