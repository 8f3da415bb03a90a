package io.osmj.controlplane;

import io.osmj.objects.read.Mesh;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that the process is told when it serves a folder in place of a cluster.
 *
 * @param mesh which mesh it serves
 * @param version for {@code /version}
 * @param folder of YAML
 * @param state where it keeps its files; empty for a folder that goes with the process
 * @param address where it listens
 * @param xdsPort for proxies; 0 takes a free one
 * @param statusPort for health and metrics; 0 takes a free one
 * @param adminPort of the Envoys, for their bootstraps; 0 lets each take a free one
 */
public record FolderOptions(
        Mesh mesh,
        String version,
        Path folder,
        Optional<Path> state,
        String address,
        int xdsPort,
        int statusPort,
        int adminPort) {}
