package io.osmj.cli.install;

import io.osmj.cli.session.Failure;
import io.osmj.cli.session.Session;
import java.io.IOException;
import java.util.Locale;

/** A question that is answered with yes or no. */
final class Prompt {
    private static final int TRIES = 3;

    private Prompt() {}

    /** Whether the user says yes; no after three answers that are neither, or when nothing can be read. */
    static boolean confirmed(Session session, String question) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            session.out().print(question + " [y/n]: ");
            session.out().flush();
            var answer = line(session).strip().toLowerCase(Locale.ROOT);
            switch (answer) {
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    return false;
                }
                default -> session.out().println("Invalid input.");
            }
        }
        return false;
    }

    private static String line(Session session) {
        try {
            var line = session.in().readLine();
            if (line == null) {
                throw new Failure("nobody is there to confirm: pass --force to go on without a question");
            }
            return line;
        } catch (IOException failure) {
            throw new Failure("cannot read the answer: " + failure.getMessage(), failure);
        }
    }
}
