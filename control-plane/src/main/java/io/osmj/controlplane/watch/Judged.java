package io.osmj.controlplane.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.osmj.core.problem.ObjectRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which versions of objects what is said to be wrong speaks of. An object that was changed since it was read is not accepted yet,
 * whatever was found of it before.
 */
final class Judged {
    /** What the look that goes on has read, on the thread that reads; without a value what is gone. */
    private final Map<ObjectRef, Optional<String>> reading = new HashMap<>();

    /** What was read and taken in since something was said, on the same thread. */
    private final Map<ObjectRef, Optional<String>> read = new HashMap<>();

    private final Map<ObjectRef, String> judged = new ConcurrentHashMap<>();

    /** All there is will be read now, whatever was read before; what is not is gone. */
    void everything() {
        reading.clear();
        judged.keySet().forEach(ref -> reading.put(ref, Optional.empty()));
        read.keySet().forEach(ref -> reading.put(ref, Optional.empty()));
    }

    /** This is read now; what is wrong with it is said later, and from now on what is said is not of another version. */
    void read(ObjectRef ref, Optional<? extends HasMetadata> object) {
        Optional<String> version = object.map(Judged::version);
        reading.put(ref, version);
        judged.computeIfPresent(ref, (_, before) -> version.equals(Optional.of(before)) ? before : null);
    }

    /** What was read is taken in. Of a look that fails before that nothing is known: all is read anew. */
    void taken() {
        read.putAll(reading);
        reading.clear();
    }

    /** What is wrong with all that was taken in is said now. Returns whether that is a word about anything new. */
    boolean told() {
        boolean fresh = false;
        for (Map.Entry<ObjectRef, Optional<String>> object : read.entrySet()) {
            Optional<String> version = object.getValue();
            Optional<String> before = Optional.ofNullable(
                    version.isPresent() ? judged.put(object.getKey(), version.get()) : judged.remove(object.getKey()));
            fresh |= version.isPresent() && !version.equals(before);
        }
        read.clear();
        return fresh;
    }

    /** Whether this is the version that was judged. */
    boolean knows(HasMetadata object) {
        return version(object).equals(judged.get(ref(object)));
    }

    private static ObjectRef ref(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        return new ObjectRef(object.getKind(), metadata.getNamespace(), metadata.getName());
    }

    /** Of what the object asks for, whatever becomes of its status. */
    private static String version(HasMetadata object) {
        return object.getMetadata().getUid() + " " + object.getMetadata().getGeneration();
    }
}
