package io.osmj.smi.read;

import com.google.re2j.Pattern;
import io.osmj.smi.read.RegexPieces.CharacterSet;
import io.osmj.smi.read.RegexPieces.Close;
import io.osmj.smi.read.RegexPieces.Loop;
import io.osmj.smi.read.RegexPieces.Open;
import io.osmj.smi.read.RegexPieces.Other;
import io.osmj.smi.read.RegexPieces.Piece;
import io.osmj.smi.read.RegexPieces.Repeat;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large Envoy's RE2 makes an expression. RE2/J counts a set of characters as one instruction; RE2, as Envoy runs it, needs
 * one for each range of the set in Latin-1, three for {@code \w} and five for {@code \W}.
 */
final class RegexCost {
    /** What RE2 has around every program and RE2/J has not: two instructions, and one that it may need to join branches. */
    private static final int AROUND = 3;

    /** They match nothing, which makes the loops around them larger. */
    private static final Set<String> ASSERTIONS = Set.of("^", "$", "\\b", "\\B", "\\A", "\\z");

    private static final int LATIN_1 = 256;

    /** Characters of the private use area: what stands for a set must share no beginning with what stands for another. */
    private static final char FIRST_STANDIN = '\uE000';

    private static final int STANDINS = 6_000;

    private final StringBuilder enlarged = new StringBuilder();
    private final Map<String, Integer> known = new HashMap<>();
    private int standins;

    private RegexCost() {}

    /**
     * The size with every repetition written out, from above and without compiling: what {@code ((a{999}){999}){999}} comes to
     * has to be known before anybody tries.
     */
    static long unfolded(List<Piece> pieces) {
        Deque<Long> groups = new ArrayDeque<>(List.of(0L));
        long last = 0;
        for (Piece piece : pieces) {
            switch (piece) {
                case Repeat repeat -> last = Math.min(last * repeat.most(), Integer.MAX_VALUE);
                case Open _ -> {
                    groups.push(groups.pop() + last);
                    groups.push(0L);
                    last = 0;
                }
                case Close _ -> {
                    long group = groups.pop() + last + AROUND;
                    last = Math.min(group, Integer.MAX_VALUE);
                    if (groups.isEmpty()) {
                        groups.push(0L);
                    }
                }
                case CharacterSet _, Loop _, Other _ -> {
                    groups.push(groups.pop() + last);
                    last = piece.text().length();
                }
            }
        }
        return groups.stream().mapToLong(Long::longValue).sum() + last;
    }

    /**
     * The number of instructions, or somewhat more.
     *
     * @param pieces of an expression that compiles and whose unfolded size is bounded
     */
    static int instructions(List<Piece> pieces) {
        RegexCost cost = new RegexCost();
        pieces.forEach(cost::enlarge);
        return Pattern.compile(cost.enlarged.toString()).programSize() + AROUND;
    }

    /** Behind a loop, and where a set stood, now stand as many characters as RE2 needs instructions more than RE2/J. */
    private void enlarge(Piece piece) {
        switch (piece) {
            case CharacterSet(String set) -> {
                int ranges = known.computeIfAbsent(set, RegexCost::ranges);
                enlarged.append("(?:");
                standIn(Math.max(1, ranges));
                enlarged.append(')');
            }
            case Loop(String loop) -> {
                // RE2 makes (x+)? of x* where x may be empty, and enters a loop by an instruction of its own.
                enlarged.append(loop);
                standIn(1);
            }
            case Other(String text) -> {
                enlarged.append(text);
                standIn(ASSERTIONS.contains(text) ? 2 : 0);
            }
            case Repeat _, Open _, Close _ -> enlarged.append(piece.text());
        }
    }

    private void standIn(int characters) {
        for (int count = 0; count < characters; count++) {
            enlarged.append((char) (FIRST_STANDIN + standins++ % STANDINS));
        }
    }

    private static int ranges(String set) {
        return Math.max(ranges(Pattern.compile(set)), ranges(Pattern.compile(set, Pattern.CASE_INSENSITIVE)));
    }

    private static int ranges(Pattern set) {
        BitSet members = new BitSet(LATIN_1);
        for (char character = 0; character < LATIN_1; character++) {
            members.set(character, set.matches(String.valueOf(character)));
        }
        boolean folds = foldsCase(members);
        int ranges = 0;
        int from = members.nextSetBit(0);
        while (from >= 0) {
            int to = members.nextClearBit(from);
            // RE2 leaves the capitals out where the small letters say the same and the case is ignored.
            ranges += folds && from >= 'A' && to - 1 <= 'Z' ? 0 : 1;
            from = members.nextSetBit(to);
        }
        return ranges;
    }

    private static boolean foldsCase(BitSet members) {
        for (char small = 'a'; small <= 'z'; small++) {
            if (members.get(small) != members.get(Character.toUpperCase(small))) {
                return false;
            }
        }
        return true;
    }
}
