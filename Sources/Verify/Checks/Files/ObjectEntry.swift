/// What a check remembers of one object of a file system.
struct ObjectEntry {
    var state: State = []
    /// The type bits of its mode; of an object whose attributes can't be read, what its dnode implies.
    var kind: UInt8 = 0
    /// Names that it says it has, up to what fits.
    var links: UInt32 = 0
    /// Directory entries that lead to it.
    var names: UInt32 = 0
    var parent: UInt64 = 0

    /// What is known; empty for a free object.
    struct State: OptionSet {
        let rawValue: UInt8

        /// There is an object.
        static let exists = State(rawValue: 1 << 0)
        /// It is a file of whatever kind, not one of the file system's own tables.
        static let isFile = State(rawValue: 1 << 1)
        /// Its attributes could be read.
        static let isKnown = State(rawValue: 1 << 2)
        /// Its dnode says that it is a directory.
        static let isDirectory = State(rawValue: 1 << 3)
        /// It is flagged as part of extended attributes.
        static let isAttribute = State(rawValue: 1 << 4)
        /// A file names it as its directory of extended attributes.
        static let isClaimed = State(rawValue: 1 << 5)
        /// The directory that it names as its parent has an entry for it.
        static let isInParent = State(rawValue: 1 << 6)
        /// The way up from it was followed to its end.
        static let isFollowed = State(rawValue: 1 << 7)
    }

    func has(_ state: State) -> Bool { self.state.isSuperset(of: state) }
}
