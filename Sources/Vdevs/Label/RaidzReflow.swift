package import Bytes

/// How far the expansion of a RAID-Z has come, as each uberblock tells it.
///
/// Mirrors `ub_raidz_reflow_info` and `raidz_reflow_scratch_state_t` (`include/sys/uberblock_impl.h`).
package struct RaidzReflow: Sendable, Hashable {
    package let word: UInt64

    package init(word: UInt64) { self.word = word }

    /// `offset` is a whole number of units of 512 bytes, as all sectors are.
    package init(offset: UInt64, state: ScratchState) {
        word = Bits.state.write(state.rawValue, into: Bits.sector.write(offset >> 9, into: 0))
    }

    private enum Bits {
        static let sector = BitField(low: 0, count: 55)
        static let state = BitField(low: 55, count: 9)
    }

    /// Below this byte of each child the blocks are in their new places. A shift of 55 bits by 9 stays
    /// inside the word.
    package var offset: UInt64 { Bits.sector.read(word) << 9 }
    package var state: ScratchState { ScratchState(rawValue: Bits.state.read(word)) }

    /// What the scratch area in front of the data holds, in which the first rows are kept while they
    /// would overwrite themselves.
    package struct ScratchState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }

        package static let notInUse = Self(rawValue: 0)
        /// The scratch area alone holds the first rows.
        package static let valid = Self(rawValue: 1)
        package static let invalidSynced = Self(rawValue: 2)
        package static let invalidSyncedOnImport = Self(rawValue: 3)
        package static let invalidSyncedReflow = Self(rawValue: 4)

        /// Whether there is such a state.
        package var isKnown: Bool { rawValue <= Self.invalidSyncedReflow.rawValue }

        package var description: String {
            switch self {
            case .notInUse: "not in use"
            case .valid: "valid"
            case .invalidSynced: "written back"
            case .invalidSyncedOnImport: "written back at import"
            case .invalidSyncedReflow: "written back, reflow goes on"
            default: "state \(rawValue)"
            }
        }
    }

    package var record: Record {
        Record(["offset": .offset(offset), "scratch": .text("\(state)")])
    }
}
