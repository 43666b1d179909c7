/// A list of named, typed values: the form of a label's configuration, of zpool.cache, of history
/// records and of many small things in a pool.
///
/// Pairs keep their order and names may repeat, as on disk. Mirrors `nvlist_t` (`include/sys/nvpair.h`).
package struct NVList: Hashable, Sendable {
    /// Names are unique in a list with this bit in `flags` (`NV_UNIQUE_NAME`).
    package static let uniqueName: UInt32 = 1
    /// The same for names of one type (`NV_UNIQUE_NAME_TYPE`).
    package static let uniqueNameAndType: UInt32 = 2

    /// Whether `flags` say in which way names are unique, and nothing besides.
    static func isKnown(flags: UInt32) -> Bool {
        flags != 0 && flags & ~(uniqueName | uniqueNameAndType) == 0
    }

    /// `nvl_version`; always 0.
    package var version: Int32
    /// `nvl_nvflag`.
    package var flags: UInt32
    package var pairs: [NVPair]

    package init(_ pairs: [NVPair], version: Int32 = 0, flags: UInt32 = uniqueName) {
        self.pairs = pairs
        self.version = version
        self.flags = flags
    }

    /// The value of that name; of several the last one, which is the one that ZFS looks up.
    package subscript(_ name: String) -> NVValue? {
        for pair in pairs.reversed() where pair.name == name { return pair.value }
        return nil
    }
}

extension NVList: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, NVValue)...) {
        self.init(elements.map { name, value in NVPair(name, value) })
    }
}
