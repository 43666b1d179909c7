import Bytes
import Codecs
import Datasets
import Vdevs

/// All that an entry of a dedup table has in common with each pointer to its block, as a short number.
///
/// The kernel finds an entry by checksum and sizes (`ddt_key_fill`), and the form of it by first address and physical birth
/// (`ddt_phys_select`, `module/zfs/ddt.c`); a pointer for which it finds none it takes for one of a block that was pruned.
/// Encrypted blocks have salt and IV in common, too (`ddt_phys_extend`). One damaged entry in four thousand million is missed.
struct DedupDigest: Sendable, Equatable {
    let value: UInt32

    /// Of a block that no dedup table has.
    static let none = DedupDigest(value: 0)

    private init(value: UInt32) { self.value = value }

    /// What a pointer shows.
    init(_ pointer: BlockPointer) {
        self.init(
            DedupKey(pointer), of: pointer.checksumAlgorithm, pointer.dva(0), pointer.dva(2),
            pointer.physicalBirth)
    }

    /// What an entry of a table of that checksum says.
    init(_ key: DedupKey, _ variant: DedupVariant, of checksum: ChecksumAlgorithm) {
        self.init(key, of: checksum, variant.dvas[0], variant.dvas[2], variant.physicalBirth)
    }

    /// `seal` counts only where the block is encrypted.
    private init(
        _ key: DedupKey, of checksum: ChecksumAlgorithm, _ first: DVA, _ seal: DVA,
        _ birth: TransactionGroup
    ) {
        var mixed = UInt64(checksum.rawValue)
        func mix(_ word: UInt64) {
            mixed = (mixed ^ word) &* 0xff51_afd7_ed55_8ccd
            mixed ^= mixed >> 32
        }
        mix(key.checksum.word0)
        mix(key.checksum.word1)
        mix(key.checksum.word2)
        mix(key.checksum.word3)
        mix(key.properties)
        mix(first.word0)
        mix(first.word1)
        mix(birth.rawValue)
        if key.isEncrypted {
            mix(seal.word0)
            mix(seal.word1)
        }
        value = UInt32(truncatingIfNeeded: mixed)
    }
}
