package io.osmj.injector.request;

import io.osmj.core.settings.MeshSettings;

/**
 * Everything an injection depends on beside the pod itself.
 *
 * @param namespace where the pod is created
 * @param settings MeshConfig with its defaults
 * @param mesh what holds for the whole mesh
 * @param proxyUuid a fresh UUID; used unless the pod already carries one
 */
public record InjectionRequest(NamespaceFacts namespace, MeshSettings settings, MeshFacts mesh, String proxyUuid) {}
