package io.osmj.injector.request;

import io.osmj.core.settings.MeshSettings;

/**
 * Everything an injection depends on beside the pod itself.
 *
 * @param namespace where the pod is created
 * @param settings MeshConfig with its defaults
 * @param mesh what holds for the whole mesh
 * @param proxyUuid a fresh UUID; that of the pod's proxy begins like it unless the pod already carries its own
 */
public record InjectionRequest(NamespaceFacts namespace, MeshSettings settings, MeshFacts mesh, String proxyUuid) {}
