import Bytes

/// The bits of a space map's words.
///
/// A word with a clear top bit is an entry by itself; 10 on top begins a debug entry, 11 the first of two
/// words. Mirrors the `SM_*` macros (`include/sys/space_map.h`).
enum SpaceMapWord {
    static let prefix = BitField(low: 62, count: 2)
    /// `SM_DEBUG_PREFIX`.
    static let debugPrefix: UInt64 = 2
    /// `SM2_PREFIX`.
    static let doublePrefix: UInt64 = 3

    enum Single {
        static let offset = BitField(low: 16, count: 47)
        static let kind = BitField(low: 15, count: 1)
        static let run = BitField(low: 0, count: 15)
    }

    enum Double {
        /// In the first word.
        static let run = BitField(low: 24, count: 36)
        static let vdev = BitField(low: 0, count: 24)
        /// In the second word.
        static let kind = BitField(low: 63, count: 1)
        static let offset = BitField(low: 0, count: 63)
    }

    enum Debug {
        static let kind = BitField(low: 60, count: 2)
        static let syncPass = BitField(low: 50, count: 10)
        static let txg = BitField(low: 0, count: 50)
    }
}
