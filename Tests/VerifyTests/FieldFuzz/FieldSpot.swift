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
        /// The value of an entry of a fat ZAP of the MOS.
        case value(zap: UInt64, block: UInt64, chunk: Int)
        /// A block of the intent log of a dataset, counted from the first. Where it is not sealed again, it does not prove itself.
        case log(dataset: UInt64, index: Int, isSealed: Bool)
        /// The gang header that a pointer leads to, in all its copies.
        case gangHeader(EditPlace, isSealed: Bool)
        /// A block as it is stored, compressed.
        case stored(EditPlace)
        /// The newest uberblock, in every label.
        case uberblock
        /// The boot environment in the first label of the first device.
        case bootEnvironment
    }

    /// The same structure of the same kind of owner; one of them is enough for a pool.
    var kind: String { "\(structure) of \(owner)" }
}
