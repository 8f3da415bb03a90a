package io.osmj.demo.folder;

/**
 * One application calls another.
 *
 * @param caller name of the one
 * @param callee name of the other
 */
public record Edge(String caller, String callee) {
    @Override
    public String toString() {
        return caller + " → " + callee;
    }
}
