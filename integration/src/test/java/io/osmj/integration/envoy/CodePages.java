package io.osmj.integration.envoy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of a process's memory that its program's code is mapped to, as {@code /proc/PID/smaps} tells.
 *
 * @param start its first address
 * @param kibibytes what the kernel counts there, by its own names
 */
record CodePages(long start, Map<String, Long> kibibytes) {
    CodePages {
        kibibytes = Map.copyOf(kibibytes);
    }

    static CodePages of(long pid, Path program) throws IOException {
        var lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps")).stream()
                .dropWhile(line -> !(line.contains(" r-xp ") && line.endsWith(program.toString())))
                .toList();
        String head = lines.getFirst();
        return new CodePages(
                Long.parseLong(head, 0, head.indexOf('-'), 16),
                lines.stream()
                        .skip(1)
                        .takeWhile(line -> !line.contains("-"))
                        .filter(line -> line.endsWith(" kB"))
                        .collect(Collectors.toMap(
                                line -> line.substring(0, line.indexOf(':')),
                                line -> Long.parseLong(line.replaceAll("\\D", "")))));
    }

    long kibibytes(String what) {
        return kibibytes.getOrDefault(what, 0L);
    }
}
