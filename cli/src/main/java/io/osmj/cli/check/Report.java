package io.osmj.cli.check;

import io.osmj.cli.session.Paint;
import java.util.ArrayList;
import java.util.List;

/** Findings as lines: a mark, what was checked, and below it what is wrong and what to do. */
final class Report {
    private static final String INDENT = "    ";
    private final Paint paint;

    Report(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(Category category) {
        var lines = new ArrayList<String>();
        lines.add(paint.strong(category.name()));
        lines.add("-".repeat(category.name().length()));
        category.findings().forEach(finding -> lines.addAll(lines(finding)));
        lines.add("");
        return lines;
    }

    private List<String> lines(Finding finding) {
        var lines = new ArrayList<String>();
        lines.add(mark(finding.verdict()) + " " + finding.description());
        finding.reason().lines().forEach(line -> lines.add(INDENT + line));
        finding.hint().lines().forEach(line -> lines.add(INDENT + line));
        return lines;
    }

    String conclusion(boolean success) {
        return "Status check results are " + mark(success ? Finding.Verdict.PASS : Finding.Verdict.FAIL);
    }

    private String mark(Finding.Verdict verdict) {
        return switch (verdict) {
            case PASS -> paint.good("√");
            case WARN -> paint.warning("‼");
            case FAIL -> paint.bad("×");
        };
    }
}
