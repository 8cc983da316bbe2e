package io.semimoe.inference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Tiles of an image that are run before the others, for the mean of their gate weights. What their
 * experts vote is kept as long as there is room, so that they need not be run again. Closing gives
 * back the room of what was not taken.
 */
final class SampledTiles implements AutoCloseable {
  /** The share of the heap that may be taken: one in so many bytes. */
  private static final int HEAP_SHARE = 8;

  private final Semaphore room;
  private final GateWeights.Mean mean = new GateWeights.Mean();
  private final Map<Long, ExpertVotes> kept = new HashMap<>();

  /**
   * Samples an image.
   *
   * @param room a permit for each tile that may be kept, of all images that share it
   */
  SampledTiles(Semaphore room) {
    this.room = room;
  }

  /** Room for as many tiles of {@code tile}² pixels as a modest share of Java's heap holds. */
  static Semaphore room(int tile) {
    long tiles = Runtime.getRuntime().maxMemory() / HEAP_SHARE / ExpertVotes.bytes(tile);
    return new Semaphore((int) Math.min(tiles, Integer.MAX_VALUE));
  }

  /** Adds a tile, once; returns whether it is kept. */
  boolean add(long tile, ExpertVotes votes) {
    mean.add(votes.gateWeights());
    boolean fits = room.tryAcquire();
    if (fits) {
      kept.put(tile, votes);
    }
    return fits;
  }

  /** Mean of the gate weights of all tiles that were added, of which there is one at least. */
  GateWeights meanWeights() {
    return mean.get().orElseThrow();
  }

  /** Takes out what was kept of a tile and gives back its room; nothing of one not kept. */
  Optional<ExpertVotes> take(long tile) {
    Optional<ExpertVotes> votes = Optional.ofNullable(kept.remove(tile));
    votes.ifPresent(taken -> room.release());
    return votes;
  }

  @Override
  public void close() {
    room.release(kept.size());
    kept.clear();
  }
}
