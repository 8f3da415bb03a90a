package io.osmj.controlplane.publish;

import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.serve.ResourceSource;
import java.util.ArrayList;
import java.util.List;

/** What a stream was told. */
final class Told implements ResourceSource.Watcher {
    final List<ResourceSet> sets = new ArrayList<>();
    String end = "";
    long answered;

    ResourceSet last() {
        return sets.getLast();
    }

    @Override
    public void changed(ResourceSet resources, long ticket) {
        sets.add(resources);
        answered = ticket;
    }

    @Override
    public void gone(String reason) {
        end = "gone: " + reason;
    }

    @Override
    public void notReady(String reason) {
        end = "not ready: " + reason;
    }
}
