package org.smapp.pmnlctl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output and standard error without buffers: each text is one write. */
final class Output {

    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final OutputStream ERROR = new FileOutputStream(FileDescriptor.err);

    private Output() {}

    static void print(String text) {
        write(OUT, text);
    }

    static void error(String text) {
        write(ERROR, text);
    }

    private static void write(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            Runtime.getRuntime().halt(1); // nobody reads it any more, and nobody can be told
        }
    }
}
