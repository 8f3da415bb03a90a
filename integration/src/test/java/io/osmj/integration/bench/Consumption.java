package io.osmj.integration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used, from {@code /proc}. */
record Consumption(long pid) {
    private static final double TICK_SECONDS = 0.01;
    private static final int USER_TICKS = 11;

    /** Processor seconds since it started, its own and the kernel's for it. */
    double cpu() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * TICK_SECONDS;
    }

    /** Memory in MiB: resident (VmRSS), of it not of files (RssAnon), or the most that ever was resident (VmHWM). */
    double mebibytes(String which) {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(which + ":"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
