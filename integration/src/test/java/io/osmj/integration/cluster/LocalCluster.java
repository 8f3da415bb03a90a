package io.osmj.integration.cluster;

import java.nio.file.Path;

/**
 * The machine itself as a node, by {@code scripts/local-cluster}.
 *
 * @param kubeconfig how to reach it
 * @param stays whether it was up before, so that it is left up
 */
record LocalCluster(Path kubeconfig, boolean stays) implements Cluster {

    static LocalCluster start() {
        var stays = Command.end(Command.script("local-cluster", "status")).code() == 0;
        Command.run(Command.script("local-cluster", "up"));
        var where = Command.run(Command.script("local-cluster", "kubeconfig"));
        return new LocalCluster(Path.of(where.lastLine()), stays);
    }

    @Override
    public void load(Path imageTar) {
        Command.run(Command.script("local-cluster", "load", imageTar.toString()));
    }

    @Override
    public void close() {
        if (!stays) {
            Command.run(Command.script("local-cluster", "down"));
        }
    }
}
