package io.osmj.controlplane.watch;

import java.util.function.Consumer;

/** Hears what is to be looked at again. Called in order on one thread at a time, after the store has changed. */
interface Watching<T> {
    /** This object came, changed or went; of a change both versions are told. */
    void touched(T object);

    /** There is no telling what changed. */
    void everything();

    static <T> Watching<T> of(Consumer<T> touched, Runnable everything) {
        return new Watching<>() {
            @Override
            public void touched(T object) {
                touched.accept(object);
            }

            @Override
            public void everything() {
                everything.run();
            }
        };
    }
}
