package import Bytes
package import Vdevs

/// All that a commit is going to write, in the order in which it must arrive.
///
/// Nothing of it is written yet, and the same pool, edits and time give the same bytes.
package struct PreparedCommit: Sendable {
    /// The group that it is.
    package let txg: TransactionGroup
    package let uberblock: Uberblock
    /// Between two stages everything is flushed: blocks, bad copies among them; labels 0 and 2; uberblocks; labels 1 and 3. On a
    /// device that was detached, uberblocks come before all labels.
    package let stages: [[DeviceWrite]]
    /// Devices of the pool that are not there or must not be written to, so that they miss the blocks.
    package let missed: Set<GUID>
    /// Blocks that are written anew or for the first time, in bytes as stored.
    package let blockCount: Int
    package let storedBytes: UInt64

    package var writes: [DeviceWrite] { stages.flatMap(\.self) }
    /// The devices that are written to.
    package var devices: Set<GUID> { Set(writes.map(\.device)) }
}
