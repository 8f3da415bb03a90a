package io.osmj.cli.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.osmj.cli.check.Finding.Verdict;
import java.util.List;

/**
 * Checks of one kind, in the order in which they are shown.
 *
 * @param name as the title over them
 * @param findings how they came out
 */
record Category(
        @JsonProperty("categoryName") String name,
        @JsonProperty("checks") List<Finding> findings) {
    Category {
        findings = List.copyOf(findings);
    }

    boolean failed() {
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL);
    }
}
