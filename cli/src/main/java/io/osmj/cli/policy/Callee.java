package io.osmj.cli.policy;

import io.osmj.cli.offline.Pipeline;
import io.osmj.cli.session.Failure;
import io.osmj.core.service.MeshService;
import java.util.List;
import java.util.regex.Pattern;

/** Which service port is called. */
final class Callee {
    private static final Pattern WORD = Pattern.compile("([^/]+)/([^/:]+)(?::(\\d+))?");

    private Callee() {}

    /**
     * The service port that {@code NAMESPACE/SERVICE:PORT} means; the port may be left out where there is one only.
     *
     * @throws Failure if there is none
     */
    static MeshService of(String word, Pipeline pipeline) {
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new Failure("'" + word + "' is not of the form NAMESPACE/SERVICE:PORT");
        }
        List<MeshService> ports = pipeline.model().services().stream()
                .filter(service -> service.namespace().equals(parts.group(1))
                        && service.name().equals(parts.group(2)))
                .toList();
        if (ports.isEmpty()) {
            throw new Failure("there is no service " + parts.group(1) + "/" + parts.group(2)
                    + " in the mesh of this folder; there are "
                    + labels(pipeline.model().services()));
        }
        if (parts.group(3) == null && ports.size() == 1) {
            return ports.getFirst();
        }
        return ports.stream()
                .filter(service -> String.valueOf(service.port()).equals(parts.group(3)))
                .findFirst()
                .orElseThrow(() -> new Failure("say which port is called; there are " + labels(ports)));
    }

    private static String labels(List<MeshService> services) {
        return String.join(
                ", ",
                services.stream()
                        .map(service -> service.namespace() + "/" + service.name() + ":" + service.port())
                        .distinct()
                        .toList());
    }
}
