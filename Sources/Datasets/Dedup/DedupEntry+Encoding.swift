import Bytes
import Codecs
package import Vdevs

extension DedupKey {
    /// What identifies the block that a pointer leads to (`ddt_key_fill`, `module/zfs/ddt.c`).
    package init(_ pointer: BlockPointer) {
        var properties: UInt64 = 0
        properties = Bits.logicalSize.write(
            UInt64(max(1, pointer.logicalSize >> 9) - 1), into: properties)
        properties = Bits.physicalSize.write(
            UInt64(max(1, pointer.physicalSize >> 9) - 1), into: properties)
        properties = Bits.compression.write(
            UInt64(pointer.compression.rawValue), into: properties)
        properties = Bits.crypt.write(pointer.usesCrypt ? 1 : 0, into: properties)
        self.init(checksum: pointer.checksum, properties: properties)
    }

    /// The five words of a ZAP key.
    package var words: [UInt64] {
        [checksum.word0, checksum.word1, checksum.word2, checksum.word3, properties]
    }
}

extension DedupEntry {
    /// The value as a table's ZAP holds it, not compressed, low bytes first (`ddt_zap_compress`, `module/zfs/ddt_zap.c`).
    package func packed(isFlat: Bool) -> [UInt8] {
        var bytes: [UInt8] = [0x80 | CompressionAlgorithm.off.rawValue]
        guard !isFlat else { return bytes + (variants.first?.encoded ?? []) }
        for copies in 0..<4 {
            let own = variants.first { $0.copies == copies }
            bytes +=
                own?.encoded ?? [UInt8](repeating: 0, count: DedupVariant.legacySize)
        }
        return bytes
    }
}

extension DedupVariant {
    /// The words as they are stored, low bytes first.
    fileprivate var encoded: [UInt8] {
        var words = dvas.flatMap { [$0.word0, $0.word1] }
        words += [references, physicalBirth.rawValue]
        if let classStart { words.append(classStart) }
        return words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
        }
    }

    /// The same form with another number of references.
    package func counting(_ references: UInt64) -> DedupVariant {
        DedupVariant(
            copies: copies, dvas: dvas, references: references, physicalBirth: physicalBirth,
            classStart: classStart)
    }

    /// The form that a pointer to the block shows (`ddt_phys_extend`). `classStart` is given for a flat entry.
    package init(_ pointer: BlockPointer, references: UInt64, classStart: UInt64?) {
        let count = (0..<pointer.copyLimit).count(where: pointer.hasCopy)
        self.init(
            copies: classStart == nil ? max(1, count) : nil,
            dvas: [0, 2, 4].map { DVA(word0: pointer.words[$0], word1: pointer.words[$0 + 1]) },
            references: references, physicalBirth: pointer.physicalBirth, classStart: classStart)
    }
}

extension DedupHistogram {
    /// The words of the value in `DDT-statistics`.
    package var words: [UInt64] {
        buckets.flatMap { bucket in
            [
                bucket.blocks, bucket.logicalBytes, bucket.physicalBytes, bucket.allocatedBytes,
                bucket.referencedBlocks, bucket.referencedLogicalBytes,
                bucket.referencedPhysicalBytes, bucket.referencedAllocatedBytes,
            ]
        }
    }

    /// Counts an entry in the bucket of its references (`ddt_histogram_add_entry`, `module/zfs/ddt_stats.c`).
    package mutating func add(_ entry: DedupEntry, _ deflation: Deflation) {
        let own = entry.statistics(deflation)
        guard own.referencedBlocks > 0 else { return }
        buckets[63 - own.referencedBlocks.leadingZeroBitCount].add(own)
    }
}
