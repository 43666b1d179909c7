extension DSLDataset {
    /// `ds_flags`.
    package var flags: Flags { Flags(rawValue: rawFlags) }

    /// Bits of `ds_flags` (`include/sys/dsl_dataset.h`).
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }

        /// A receive or a destroy stopped in the middle.
        package static let inconsistent = Flags(rawValue: 1 << 0)
        /// The dataset can't be promoted.
        package static let noPromotion = Flags(rawValue: 1 << 1)
        /// The unique bytes are counted right; older pools may lack it.
        package static let uniqueIsAccurate = Flags(rawValue: 1 << 2)
        /// The snapshot goes when its last hold or clone does (`zfs destroy -d`).
        package static let deferredDestroy = Flags(rawValue: 1 << 3)
        /// The file system may treat names alike that differ in case.
        package static let caseInsensitive = Flags(rawValue: 1 << 16)

        /// The names of the set bits; unknown ones as a hexadecimal number.
        package var names: [String] {
            let known: [(Flags, String)] = [
                (.inconsistent, "inconsistent"), (.noPromotion, "no promotion"),
                (.uniqueIsAccurate, "unique is accurate"),
                (.deferredDestroy, "deferred destroy"),
                (.caseInsensitive, "case insensitive"),
            ]
            var names = known.filter { contains($0.0) }.map(\.1)
            let rest = known.reduce(rawValue) { $0 & ~$1.0.rawValue }
            if rest != 0 { names.append("0x" + String(rest, radix: 16)) }
            return names
        }
    }

    /// Whether the deadlist, references and so on are those of a snapshot, not of a head.
    package var isSnapshot: Bool { childCount != 0 }
}
