package import Bytes
import Vdevs

/// How many blocks a walk visited and what they take, in the terms of `zdb -b`.
package struct BlockTotals: Sendable {
    /// Blocks with a place of their own on disk.
    package private(set) var blockCount: UInt64 = 0
    package private(set) var embeddedCount: UInt64 = 0
    package private(set) var gangCount: UInt64 = 0
    /// Bytes after decompression.
    package private(set) var logicalBytes: UInt64 = 0
    /// Bytes as stored, before parity.
    package private(set) var physicalBytes: UInt64 = 0
    /// Bytes on the vdevs, all copies and parity included.
    package private(set) var allocatedBytes: UInt64 = 0
    /// Of those, bytes that a dedup table or clones share with a block counted before.
    package private(set) var sharedBytes: UInt64 = 0
    /// Bytes that were read and proved beyond what the walk itself reads, before parity.
    package private(set) var readBytes: UInt64 = 0

    package init() {}

    mutating func add(_ pointer: BlockPointer, isShared: Bool) {
        guard !pointer.isEmbedded else {
            embeddedCount &+= 1
            return
        }
        // Sound: sums of sizes below 2^35, one for each of at most 2^55 blocks on a vdev of 2^63 bytes.
        blockCount &+= 1
        if pointer.isGang { gangCount &+= 1 }
        logicalBytes &+= UInt64(truncatingIfNeeded: pointer.logicalSize)
        physicalBytes &+= UInt64(truncatingIfNeeded: pointer.physicalSize)
        allocatedBytes &+= pointer.allocatedSize
        if isShared { sharedBytes &+= pointer.allocatedSize }
    }

    /// Counts contents that were read.
    mutating func addRead(_ bytes: UInt64) { readBytes &+= bytes }

    package mutating func add(_ other: BlockTotals) {
        blockCount &+= other.blockCount
        embeddedCount &+= other.embeddedCount
        gangCount &+= other.gangCount
        logicalBytes &+= other.logicalBytes
        physicalBytes &+= other.physicalBytes
        allocatedBytes &+= other.allocatedBytes
        sharedBytes &+= other.sharedBytes
        readBytes &+= other.readBytes
    }

    package var record: Record {
        Record([
            "blocks": .number(blockCount), "embedded": .number(embeddedCount),
            "gangs": .number(gangCount), "logical": .bytes(logicalBytes),
            "physical": .bytes(physicalBytes), "allocated": .bytes(allocatedBytes),
            "shared": .bytes(sharedBytes), "read": .bytes(readBytes),
        ])
    }
}
