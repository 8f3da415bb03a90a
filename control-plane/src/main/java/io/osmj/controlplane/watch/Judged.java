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
    /** What was read since something was said, on the thread that reads; without a value what is gone. */
    private final Map<ObjectRef, Optional<String>> read = new HashMap<>();

    private final Map<ObjectRef, String> judged = new ConcurrentHashMap<>();

    /** All there is will be read now; what is not is gone. */
    void everything() {
        judged.keySet().forEach(ref -> read.put(ref, Optional.empty()));
    }

    /** This is read now; what is wrong with it is said later. */
    void read(ObjectRef ref, Optional<? extends HasMetadata> object) {
        read.put(ref, object.map(Judged::version));
    }

    /** What is wrong with all that was read is said now. Returns whether that is a word about anything new. */
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
