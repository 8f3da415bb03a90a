package io.osmj.objects.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aLinkToNothingIsNoDeletedFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("access.yaml"), Path.of("nowhere.yaml"));
        Files.createSymbolicLink(folder.resolve("round.yaml"), Path.of("round.yaml"));
        Files.writeString(folder.resolve("good.yaml"), "a");

        FolderFiles.Contents contents = FolderFiles.read(folder);

        assertThat(contents.texts()).containsOnlyKeys("good.yaml");
        assertThat(contents.faults())
                .containsOnlyKeys("access.yaml", "round.yaml")
                .containsEntry("access.yaml", "it is a link to nothing");
    }

    @Test
    void foldersThatHoldEachOtherAreReadOnce() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.writeString(sub.resolve("a.yaml"), "a");
        Files.createSymbolicLink(sub.resolve("round"), folder);
        Files.createSymbolicLink(folder.resolve("README"), Path.of("nowhere"));

        assertThat(FolderFiles.read(folder).texts()).containsOnlyKeys("sub/a.yaml");
    }
}
