package dev.rapport.match;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The profiles of very many records, outside the heap: some two hundred bytes each. Records come in the order of their
 * ids, by which they are found again.
 */
public final class ProfileMemory implements AutoCloseable {
    private static final int CHUNK = 16 << 20;
    /** Two halves of the id, then where the profile lies. */
    private static final int ENTRY = 3 * Long.BYTES;

    private static final int ENTRIES = CHUNK / ENTRY;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> entries = new ArrayList<>();
    private final List<MemorySegment> texts = new ArrayList<>();
    private long count;
    private int used = CHUNK;

    /** @throws IllegalArgumentException if {@code id} does not come after all that are there */
    public void add(UUID id, MatchProfile profile) {
        if (count > 0 && compare(id, count - 1) <= 0) throw new IllegalArgumentException("Not in the order of ids");
        var bytes = profile.encoded();
        int room = bytes.length + Integer.BYTES;
        if (used + room > CHUNK) {
            texts.add(arena.allocate(CHUNK));
            used = 0;
        }
        var text = texts.getLast();
        text.set(ValueLayout.JAVA_INT_UNALIGNED, used, bytes.length);
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, used + Integer.BYTES, bytes.length);
        if (count % ENTRIES == 0) entries.add(arena.allocate(CHUNK));
        var entry = entries.getLast();
        long at = count % ENTRIES * ENTRY;
        entry.set(ValueLayout.JAVA_LONG_UNALIGNED, at, id.getMostSignificantBits());
        entry.set(ValueLayout.JAVA_LONG_UNALIGNED, at + Long.BYTES, id.getLeastSignificantBits());
        entry.set(ValueLayout.JAVA_LONG_UNALIGNED, at + 2 * Long.BYTES, (long) (texts.size() - 1) * CHUNK + used);
        used += room;
        count++;
    }

    public long size() {
        return count;
    }

    /** The profile of the record with this id. */
    public Optional<MatchProfile> find(UUID id) {
        long low = 0;
        long high = count - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            int order = compare(id, middle);
            if (order == 0) return Optional.of(read(middle));
            if (order < 0) high = middle - 1;
            else low = middle + 1;
        }
        return Optional.empty();
    }

    private int compare(UUID id, long index) {
        int order = Long.compareUnsigned(id.getMostSignificantBits(), value(index, 0));
        return order != 0 ? order : Long.compareUnsigned(id.getLeastSignificantBits(), value(index, 1));
    }

    private long value(long index, int part) {
        return entries.get((int) (index / ENTRIES))
                .get(ValueLayout.JAVA_LONG_UNALIGNED, index % ENTRIES * ENTRY + (long) part * Long.BYTES);
    }

    private MatchProfile read(long index) {
        long at = value(index, 2);
        var text = texts.get((int) (at / CHUNK));
        long start = at % CHUNK;
        var bytes = new byte[text.get(ValueLayout.JAVA_INT_UNALIGNED, start)];
        MemorySegment.copy(text, ValueLayout.JAVA_BYTE, start + Integer.BYTES, bytes, 0, bytes.length);
        return MatchProfile.decoded(bytes);
    }

    @Override
    public void close() {
        arena.close();
    }
}
