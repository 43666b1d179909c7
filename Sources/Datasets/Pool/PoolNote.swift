package import Bytes

/// Something about a pool that a reader should know and that did not stop the reading.
package struct PoolNote: Sendable, Hashable {
    package let kind: Kind
    package let code: Code
    /// What it is about: `object 61 of the MOS (config)`, `uberblock of txg 90`.
    package let place: String
    /// One sentence without a full stop.
    package let cause: String
    /// The object of the MOS that it is about, where it is about one.
    package let object: UInt64?

    package enum Kind: String, Sendable, Hashable {
        /// Something is broken or missing that should be there: a command that met it ends with status 4.
        case damage
        /// The pool's state: absent devices with redundancy left, a log to replay, an unfinished scan.
        case state
        /// Something could not be read because the pool is in use and was changed meanwhile.
        case changed
    }

    package init(
        _ kind: Kind, code: Code, place: String, cause: String, object: UInt64? = nil
    ) {
        self.object = object
        self.kind = kind
        self.code = code
        self.place = place
        self.cause = cause
    }

    package var record: Record {
        Record([
            "kind": .text(kind.rawValue), "code": .text(code.rawValue), "place": .text(place),
            "cause": .text(cause),
        ])
    }
}
