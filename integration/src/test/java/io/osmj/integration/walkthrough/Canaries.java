package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Texts that nobody may find outside of where they are kept: a Secret's private keys, and tokens of any kind. */
final class Canaries {
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}");
    private static final int LINE = 40;

    private final List<String> secret = new ArrayList<>();

    /** @param object the Secret as JSON; of its private keys every line is a canary, in clear and as the Secret holds it */
    Canaries(String object) {
        try {
            new ObjectMapper().readTree(object).path("data").forEach(value -> {
                String text = new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.ISO_8859_1);
                if (text.contains("PRIVATE KEY")) {
                    text.lines().filter(line -> line.length() > LINE).forEach(secret::add);
                    secret.add(value.asText().substring(LINE, 3 * LINE));
                }
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kubectl printed no JSON", e);
        }
        assertThat(secret).as("canaries").isNotEmpty();
    }

    void absentFrom(String where, String text) {
        assertThat(text).as(where).isNotBlank();
        // Not by AssertJ's contains: its message would print what must not be printed.
        assertThat(secret.stream().anyMatch(text::contains))
                .as("a private key in " + where)
                .isFalse();
        assertThat(text.contains("PRIVATE KEY"))
                .as("the head of a private key in " + where)
                .isFalse();
        assertThat(TOKEN.matcher(text).find()).as("a token in " + where).isFalse();
    }
}
