package io.osmj.dapr.outbound;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where components of the usual types connect to, by their settings. */
public final class ComponentBackends {
    /**
     * How a technology says where it is.
     *
     * @param port what it listens on when nothing is said
     * @param settings the settings that hold hosts, ports, addresses or connection strings
     */
    private record Technology(int port, List<String> settings) {
        Technology(int port, String... settings) {
            this(port, List.of(settings));
        }
    }

    /** By the part of a component's type that names the technology. */
    private static final Map<String, Technology> KNOWN = Map.ofEntries(
            Map.entry("aerospike", new Technology(3000, "hosts")),
            Map.entry("cassandra", new Technology(9042, "hosts", "port")),
            Map.entry("etcd", new Technology(2379, "endpoints")),
            Map.entry("hashicorp.vault", new Technology(8200, "vaultAddr")),
            Map.entry("jetstream", new Technology(4222, "natsURL")),
            Map.entry("kafka", new Technology(9092, "brokers")),
            Map.entry("memcached", new Technology(11211, "hosts")),
            Map.entry("mongodb", new Technology(27017, "host")),
            Map.entry("mqtt", new Technology(1883, "url")),
            Map.entry("mqtt3", new Technology(1883, "url")),
            Map.entry("mysql", new Technology(3306, "connectionString", "url")),
            Map.entry("natsstreaming", new Technology(4222, "natsURL")),
            Map.entry("postgresql", new Technology(5432, "connectionString", "url")),
            Map.entry("pulsar", new Technology(6650, "host")),
            Map.entry("rabbitmq", new Technology(5672, "connectionString", "host", "hostname")),
            Map.entry("redis", new Technology(6379, "redisHost", "url")),
            Map.entry("rethinkdb", new Technology(28015, "address")),
            Map.entry("sqlserver", new Technology(1433, "connectionString")),
            Map.entry("zookeeper", new Technology(2181, "servers")));

    /** Technologies that open no connection of their own, or none to a fixed server. */
    private static final Set<String> WITHOUT =
            Set.of("in-memory", "kubernetes", "cron", "local.env", "local.file", "localstorage", "sqlite");

    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9_.-]+):(\\d{1,5})(?=[,/)\\s;?]|$)");
    private static final Pattern PORT_WORD = Pattern.compile("(?i)\\bport\\s*=\\s*(\\d{1,5})|^(\\d{1,5})$");
    private static final Pattern HOST_WORD = Pattern.compile(
            "(?i)\\b(?:host|server)\\s*=\\s*([A-Za-z0-9_.-]+)|^([A-Za-z][A-Za-z0-9_.-]*)$|@([A-Za-z][\\w.-]*)/");

    private ComponentBackends() {}

    /** The servers of a component, in the order named; nothing at all when its type is not known here. */
    public static Optional<Set<Backend>> of(DaprComponent component) {
        var technology = technology(component.type());
        if (WITHOUT.contains(technology)) {
            return Optional.of(Set.of());
        }
        return Optional.ofNullable(KNOWN.get(technology)).map(known -> backends(known, component.metadata()));
    }

    /** {@code state.postgresql.v2} -> {@code postgresql}; {@code secretstores.hashicorp.vault} -> {@code hashicorp.vault}. */
    private static String technology(String type) {
        return type.substring(type.indexOf('.') + 1).replaceFirst("\\.v\\d+$", "");
    }

    private static Set<Backend> backends(Technology technology, Map<String, String> metadata) {
        var values = technology.settings().stream()
                .flatMap(setting -> Stream.ofNullable(metadata.get(setting)))
                .toList();
        var found = new LinkedHashSet<Backend>();
        for (var value : values) {
            var address = ADDRESS.matcher(value);
            while (address.find()) {
                port(address.group(2)).ifPresent(port -> found.add(new Backend(address.group(1), port)));
            }
        }
        if (found.isEmpty()) {
            var port = word(values, PORT_WORD).flatMap(ComponentBackends::port).orElse(technology.port());
            found.add(new Backend(word(values, HOST_WORD).orElse(""), port));
        }
        return found;
    }

    private static Optional<String> word(List<String> values, Pattern pattern) {
        return values.stream()
                .map(pattern::matcher)
                .filter(matcher -> matcher.find())
                .flatMap(matcher -> IntStream.rangeClosed(1, matcher.groupCount())
                        .mapToObj(matcher::group)
                        .flatMap(Stream::ofNullable))
                .findFirst();
    }

    private static Optional<Integer> port(String text) {
        var port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
    }
}
