package org.smapp.testkit.lab;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Buffers for one Ethernet frame each, used again and again. For one thread. */
final class FramePool {

    private static final int FRAME_BYTES = 2048; // an MTU of 1500, and room for tags
    private static final int FRAMES_PER_SLAB = 256;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>(FRAMES_PER_SLAB);

    ByteBuffer take() {
        if (free.isEmpty()) {
            addSlab();
        }
        return free.pop();
    }

    void giveBack(ByteBuffer frame) {
        free.push(frame.clear());
    }

    private void addSlab() {
        ByteBuffer slab = ByteBuffer.allocateDirect(FRAMES_PER_SLAB * FRAME_BYTES);
        for (int i = 0; i < FRAMES_PER_SLAB; i++) {
            free.push(slab.slice(i * FRAME_BYTES, FRAME_BYTES));
        }
    }
}
