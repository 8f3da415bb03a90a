package io.osmj.demo.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.demo.folder.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Why a call was answered as it was: what the callee's Envoy itself says that it lets in. */
final class Reasons {
    private static final String ROUTES = "/config_dump?resource=dynamic_route_configs";
    private static final String PERMISSIVE = "permissive mode";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The rules of each application's sidecar; no entry while the sidecar does not answer. */
    private final Map<String, List<Rule>> inForce = new ConcurrentHashMap<>();

    /** Asks the sidecar of an application again. */
    void ask(String application, Path adminSocket) {
        try {
            inForce.put(application, Rule.in(JSON.readTree(AdminSocket.get(adminSocket, ROUTES))));
        } catch (IOException e) {
            inForce.remove(application);
        }
    }

    /** One line for an answer that the caller had from the callee. */
    String of(Member caller, Member callee, Answer answer) {
        List<Rule> rules = inForce.get(callee.name());
        if (answer.status() == 0) {
            return "no answer: " + answer.text();
        }
        if (rules == null) {
            return "the Envoy of " + callee.name() + " does not say whom it lets in";
        }
        Optional<Rule> rule =
                rules.stream().filter(each -> each.admits(caller.identity())).findFirst();
        return switch (answer.status()) {
            case 200 -> rule.map(Reasons::permits).orElse("the answer is older than the rules");
            case 403 ->
                rule.isPresent()
                        ? "the answer is older than the rules"
                        : "no TrafficTarget lets " + caller.name() + " call " + callee.name();
            default -> answer.text();
        };
    }

    private static String permits(Rule rule) {
        return rule.name().equals(PERMISSIVE) ? "MeshConfig osm-mesh-config: permissive mode" : rule.name();
    }
}
