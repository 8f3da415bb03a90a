package io.osmj.core.policy;

/**
 * How much may come: so many in each unit of time, and so many more at once.
 *
 * @param count in each unit; 0 stands for no limit
 * @param unit the unit of time
 * @param burst how many more may come at once
 */
public record Rate(long count, Unit unit, long burst) {
    /** As much as comes. */
    public static final Rate UNLIMITED = new Rate(0, Unit.SECOND, 0);

    /** A unit of time. */
    public enum Unit {
        SECOND(1),
        MINUTE(60),
        HOUR(3_600);

        private final int seconds;

        Unit(int seconds) {
            this.seconds = seconds;
        }

        /** How long it is. */
        public int seconds() {
            return seconds;
        }
    }

    /** How many may come at once. */
    public long most() {
        return count + burst;
    }
}
