package io.osmj.integration.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** As whom, and with what interception, the demo runs. */
enum Way {
    NAMESPACES("network namespaces", "--interception=namespaces"),
    /** A user of its own with a range of ids, as {@code adduser} gives one. */
    NAMESPACES_OF_A_USER("network namespaces", "--interception=namespaces"),
    DAPR("network namespaces", "--dapr"),
    LISTENERS("explicit local listeners", "--interception=listeners"),
    /** A user of its own, who may read what the test's user may read, and else nothing. */
    LISTENERS_OF_A_USER("explicit local listeners", "--interception=listeners");

    /** A right to read is worth nothing in a user namespace, so here alone root's home is open to those who look for files. */
    private static final String WITH_IDS = """
            mount -t tmpfs own /mnt
            mkdir /mnt/upper /mnt/work
            mount -t overlay -o lowerdir="$HOME",upperdir=/mnt/upper,workdir=/mnt/work own "$HOME"
            chmod a+rx "$HOME"
            echo 65534:300000:65536 >/mnt/ids
            mount --bind /mnt/ids /etc/subuid
            mount --bind /mnt/ids /etc/subgid
            exec setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
            """;

    private final String told;
    private final String option;

    Way(String told, String option) {
        this.told = told;
        this.option = option;
    }

    /** What the demo says of it first. */
    String told() {
        return told;
    }

    /** The option of the command. */
    String option() {
        return option;
    }

    /** What stands before the command so that it runs as another user; empty for the test's own. */
    List<String> user() {
        return switch (this) {
            case NAMESPACES, DAPR, LISTENERS -> List.of();
            case NAMESPACES_OF_A_USER -> List.of("unshare", "--mount", "sh", "-ec", WITH_IDS, "sh");
            case LISTENERS_OF_A_USER ->
                List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search",
                        "--");
        };
    }

    /** Whether users may have ids of their own here, which scripts/verify sees to. */
    static boolean usersHaveIds() {
        return Files.isExecutable(Path.of("/usr/bin/newuidmap"));
    }
}
