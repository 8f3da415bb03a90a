package io.osmj.cli.policy;

import io.osmj.core.policy.HttpMatch;
import java.util.ArrayList;
import java.util.List;

/** What a match asks for, in words. */
final class Matches {
    private Matches() {}

    static String words(HttpMatch match) {
        List<String> words = new ArrayList<>();
        if (!match.methods().isEmpty()) {
            words.add("method " + String.join(" or ", match.methods()));
        }
        if (!match.pathRegex().isEmpty()) {
            words.add("path " + match.pathRegex());
        }
        match.headers().forEach((name, regex) -> words.add("header " + name + ": " + regex));
        return String.join(", ", words);
    }
}
