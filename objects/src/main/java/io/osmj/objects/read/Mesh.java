package io.osmj.objects.read;

import io.osmj.core.identity.TrustDomain;

/**
 * Which mesh this control plane serves.
 *
 * @param name value of the label {@link io.osmj.core.names.Labels#MONITORED_BY} on its namespaces
 * @param namespace where the control plane and its MeshConfig live
 * @param configName the name of the one MeshConfig that counts
 * @param trustDomain last part of every identity
 */
public record Mesh(String name, String namespace, String configName, TrustDomain trustDomain) {}
