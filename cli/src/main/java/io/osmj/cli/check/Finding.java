package io.osmj.cli.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The outcome of one check.
 *
 * @param description what was looked at, in words that are true when all is well
 * @param verdict how it came out
 * @param reason what is wrong; empty when nothing is
 * @param hint what to do about it; empty when there is nothing to do
 */
record Finding(
        @JsonProperty("description") String description,
        @JsonProperty("result") Verdict verdict,
        @JsonProperty("error") String reason,
        @JsonProperty("hint") String hint) {

    /** How a check comes out. */
    enum Verdict {
        @JsonProperty("success")
        PASS,
        /** Something to look at that stops nothing. */
        @JsonProperty("warning")
        WARN,
        @JsonProperty("error")
        FAIL
    }

    static Finding pass(String description) {
        return new Finding(description, Verdict.PASS, "", "");
    }

    static Finding warn(String description, String reason, String hint) {
        return new Finding(description, Verdict.WARN, reason, hint);
    }

    static Finding fail(String description, String reason, String hint) {
        return new Finding(description, Verdict.FAIL, reason, hint);
    }
}
