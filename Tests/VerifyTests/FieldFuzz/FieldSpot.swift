import Bytes
import TestSupport

/// One structure of a pool, at the place where the sweep damages its fields.
struct FieldSpot: Sendable {
    /// ZFS's name of the structure: `dnode_phys_t`.
    let structure: String
    /// Which of them, in words: `a DSL directory of the MOS`.
    let owner: String
    let place: Place
    /// In bytes from the start of the place.
    let start: Int
    let fields: [AnyField]
    let order: ByteOrder

    enum Place: Sendable, Hashable {
        case block(EditPlace)
        case dnode(SetPlace, UInt64)
        case bonus(SetPlace, UInt64)
        /// The newest uberblock, in every label.
        case uberblock
    }

    /// The same structure of the same kind of owner; one of them is enough for a pool.
    var kind: String { "\(structure) of \(owner)" }
}
