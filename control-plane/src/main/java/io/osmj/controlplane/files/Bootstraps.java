package io.osmj.controlplane.files;

import static java.util.stream.Collectors.toSet;

import io.osmj.core.state.PodState;
import io.osmj.injector.bootstrap.BootstrapInput;
import io.osmj.injector.bootstrap.Reach;
import io.osmj.injector.bootstrap.SidecarBootstrap;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bootstrap for each pod, ready to be given to an Envoy. It is JSON, which is YAML as well. */
final class Bootstraps {
    private final Path folder;
    private final FileTokens tokens;
    private final Settings settings;
    private final Map<String, String> written = new HashMap<>();

    /**
     * What is the same in all of them.
     *
     * @param meshNamespace of the control plane, for the name in its certificate
     * @param target address and port of the xDS server
     * @param roots PEM of the authorities that may vouch for it
     * @param adminPort of the Envoys; 0 lets each choose a free one
     */
    record Settings(String meshNamespace, String target, String roots, int adminPort) {}

    Bootstraps(Path folder, FileTokens tokens, Settings settings) {
        this.folder = folder;
        this.tokens = tokens;
        this.settings = settings;
    }

    void keep(Collection<PodState> pods) {
        for (PodState pod : pods) {
            String name = FileTokens.name(pod) + ".yaml";
            String text = SidecarBootstrap.asFile(input(pod));
            if (!text.equals(written.put(name, text))) {
                StateFolder.write(folder.resolve(name), text);
            }
        }
        written.keySet()
                .retainAll(
                        pods.stream().map(pod -> FileTokens.name(pod) + ".yaml").collect(toSet()));
        StateFolder.keepOnly(folder, written.keySet());
    }

    private BootstrapInput input(PodState pod) {
        return new BootstrapInput(
                pod.uid(),
                pod.account().name() + "." + pod.namespace(),
                settings.meshNamespace(),
                settings.roots(),
                false,
                List.of(),
                new Reach(settings.target(), tokens.file(pod).toAbsolutePath().toString(), settings.adminPort()));
    }
}
