package io.osmj.integration.walkthrough;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the sample's pod templates are written at a stage of the walkthrough. */
enum Variant {
    PLAIN,
    ANNOTATED,
    OWN_ACCOUNTS;

    private static final String TEMPLATE_ANNOTATIONS = "      annotations:\n";
    private static final String TEMPLATE_SPEC = "    spec:\n      securityContext:\n";

    /** The manifest as this stage wants it. */
    String of(Path manifest, String account) {
        String text = read(manifest);
        return switch (this) {
            case PLAIN -> text;
            case ANNOTATED -> annotated(text);
            case OWN_ACCOUNTS ->
                replace(
                        annotated(text),
                        TEMPLATE_SPEC,
                        "    spec:\n      serviceAccountName: " + account + "\n      securityContext:\n");
        };
    }

    private static String annotated(String text) {
        return replace(
                text,
                TEMPLATE_ANNOTATIONS,
                TEMPLATE_ANNOTATIONS + "        openservicemesh.io/outbound-port-exclusion-list: \"80\"\n");
    }

    private static String replace(String text, String place, String replacement) {
        if (!text.contains(place)) {
            throw new IllegalStateException("the manifest has no place '" + place.strip() + "'");
        }
        return text.replace(place, replacement);
    }

    private static String read(Path manifest) {
        try {
            return Files.readString(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
