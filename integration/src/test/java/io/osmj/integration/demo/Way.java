package io.osmj.integration.demo;

import java.util.List;

/** As whom, and with what interception, the demo runs. */
enum Way {
    NAMESPACES("network namespaces", "--interception=namespaces", ""),
    DAPR("network namespaces", "--dapr", ""),
    LISTENERS("explicit local listeners", "--interception=listeners", ""),
    /** A user of its own, who may read what the test's user may read, and else nothing. */
    LISTENERS_OF_A_USER(
            "explicit local listeners",
            "--interception=listeners",
            "setpriv --reuid=65534 --regid=65534 --clear-groups"
                    + " --inh-caps=+dac_read_search --ambient-caps=+dac_read_search --");

    private final String told;
    private final String option;
    private final String user;

    Way(String told, String option, String user) {
        this.told = told;
        this.option = option;
        this.user = user;
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
        return user.isEmpty() ? List.of() : List.of(user.split(" ", -1));
    }
}
