package io.osmj.objects.read;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields that Kubernetes leaves out when they hold nothing or their default. */
public final class Fields {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private Fields() {}

    /** The text; empty where there is none. */
    public static String text(@Nullable String field) {
        return field == null ? "" : field;
    }

    /** The map; empty where there is none. */
    public static Map<String, String> map(@Nullable Map<String, String> field) {
        return field == null ? Map.of() : field;
    }

    /** The list; empty where there is none. */
    public static <T> List<T> list(@Nullable List<T> field) {
        return field == null ? List.of() : field;
    }

    /** Whether a protocol field says TCP, which is also what it means when it is not there. */
    public static boolean tcp(@Nullable String protocol) {
        return protocol == null || protocol.equals("TCP");
    }

    /** Whether this is written like an IPv4 address. */
    public static boolean ipv4(String address) {
        return IPV4.matcher(address).matches();
    }
}
