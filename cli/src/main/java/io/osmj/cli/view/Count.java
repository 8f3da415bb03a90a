package io.osmj.cli.view;

/** Numbers of things as one says them. */
public final class Count {
    private Count() {}

    /** {@code 1 file}, {@code 3 files}. */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    /** The number, and what is said of one or of any other number. */
    public static String of(long number, String one, String others) {
        return number + " " + (number == 1 ? one : others);
    }
}
