package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the source said last and the stream has not heard yet. Said by any thread, heard by one. */
final class LatestWord {
    private final AtomicReference<@Nullable Word> latest = new AtomicReference<>();

    /**
     * What the source said.
     *
     * @param resources that the client is to have
     * @param answered the highest ticket that is taken into account
     */
    record Word(ResourceSet resources, long answered) {
        private Word since(@Nullable Word earlier) {
            return earlier == null ? this : new Word(resources, Math.max(answered, earlier.answered));
        }
    }

    /** Takes the place of what was not heard yet. Gives whether there was nothing, so that the stream has to be woken. */
    boolean say(ResourceSet resources, long answered) {
        Word word = new Word(resources, answered);
        return latest.getAndUpdate(word::since) == null;
    }

    /** Given once. */
    Optional<Word> hear() {
        return Optional.ofNullable(latest.getAndSet(null));
    }
}
