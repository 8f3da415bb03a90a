package io.osmj.demo.scene;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One policy of an Envoy's access control for what reaches its application.
 *
 * @param name by which the control plane says which object the policy comes from
 * @param peers the SPIFFE IDs that it lets in; empty for every peer with a certificate of the mesh
 */
public record Rule(String name, Set<String> peers) {
    private static final String FILTER = "envoy.filters.http.rbac";

    public Rule {
        peers = Set.copyOf(peers);
    }

    /** Whether it lets this peer in, for some request at least. */
    public boolean admits(String identity) {
        return peers.isEmpty() || peers.contains(identity);
    }

    /** All policies in what {@code /config_dump} says of the routes. */
    static List<Rule> in(JsonNode dump) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode filters : dump.findValues("typed_per_filter_config")) {
            filters.path(FILTER)
                    .path("rbac")
                    .path("rules")
                    .path("policies")
                    .forEachEntry((name, policy) -> rules.add(new Rule(name, peers(policy))));
        }
        return rules;
    }

    private static Set<String> peers(JsonNode policy) {
        Set<String> peers = new HashSet<>();
        for (JsonNode principal : policy.path("principals")) {
            JsonNode name = principal.path("authenticated").path("principal_name");
            if (name.has("exact")) {
                peers.add(name.path("exact").asText());
            }
        }
        return peers;
    }
}
