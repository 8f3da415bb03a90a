package io.osmj.cli.offline;

import io.osmj.core.problem.ProblemCode;

/** How much a problem weighs, in the words of SARIF. */
public enum Severity {
    /** Something does not take the effect that was meant, or would be refused. */
    ERROR,
    /** The mesh does as it is told, but perhaps not as was meant. */
    WARNING;

    /** How much problems of this number weigh. */
    public static Severity of(ProblemCode code) {
        return switch (code) {
            case M2016,
                    M2017,
                    M2018,
                    M2021,
                    M2023,
                    M2025,
                    M2029,
                    M2030,
                    M2031,
                    M2032,
                    M3006,
                    M3007,
                    M4001,
                    M4002,
                    M7006 -> WARNING;
            default -> ERROR;
        };
    }

    String word() {
        return this == ERROR ? "error" : "warning";
    }
}
