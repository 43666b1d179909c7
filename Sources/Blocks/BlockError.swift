package import Bytes
package import Codecs
package import Vdevs

/// A block could not be read, and why; one cause for each copy that was tried.
package struct BlockError: Error, Hashable, Sendable {
    /// The pointer that was followed.
    package let pointer: BlockPointer
    package let reason: Reason

    package indirect enum Reason: Hashable, Sendable {
        /// The pointer itself can't be followed; a half sentence that follows "the block pointer".
        case badPointer(String)
        /// No copy gave bytes that match the checksum, in the order of the DVAs.
        case noGoodCopy([CopyFailure])
        /// The bytes match their checksum but can't be decompressed.
        case codec(CodecError)
        /// A gang header is damaged, or the tree is too deep or too wide.
        case gang(String)
        /// The payload is encrypted and no key was given.
        case noKey
        /// The block was left out of a redacted send stream.
        case redacted
        /// The pool is in use and has moved on to that txg, so that the block may have been overwritten; with
        /// what it looked like.
        case changed(TransactionGroup, Reason)
    }

    /// Why one copy did not do.
    package struct CopyFailure: Error, Hashable, Sendable {
        package let dva: DVA
        package let cause: Cause

        package enum Cause: Hashable, Sendable {
            case vdev(VdevError)
            case checksum(expected: Checksum, found: Checksum)
            /// The checksum could not be computed at all.
            case codec(CodecError)
        }

        package init(dva: DVA, cause: Cause) {
            self.dva = dva
            self.cause = cause
        }
    }

    package init(_ pointer: BlockPointer, _ reason: Reason) {
        self.pointer = pointer
        self.reason = reason
    }
}

extension BlockError: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .badPointer(let what): "the block pointer \(what)"
        case .noGoodCopy(let failures):
            failures.isEmpty
                ? "the block pointer holds no address"
                : failures.map(\.description).joined(separator: "; ")
        case .codec(let error): "block \(pointer.dva(0)) can't be decoded: \(error)"
        case .gang(let what): "gang block \(pointer.dva(0)) \(what)"
        case .noKey: "block \(pointer.dva(0)) is encrypted and no key was given"
        case .changed(let txg, _):
            "block \(pointer.dva(0)) changed while reading: the pool is in use and has moved on to txg "
                + "\(txg)"
        case .redacted: "the block was left out when its dataset was sent with redaction"
        }
    }
}

extension BlockError {
    /// Whether the bytes at the address are not those that the pointer means, which is what an address that
    /// was given to another block looks like.
    var isMismatch: Bool {
        switch reason {
        case .noGoodCopy(let failures): failures.contains { $0.cause.isMismatch }
        case .gang, .codec: true
        case .badPointer, .noKey, .redacted, .changed: false
        }
    }
}

extension BlockError.CopyFailure.Cause {
    fileprivate var isMismatch: Bool {
        switch self {
        case .checksum: true
        case .vdev(let error): error.isMismatch
        case .codec: false
        }
    }
}

extension BlockError.CopyFailure: CustomStringConvertible {
    package var description: String { "copy \(dva): \(cause)" }
}

extension BlockError.CopyFailure.Cause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .vdev(let error): "\(error)"
        case .checksum(let expected, let found):
            "the checksum is \(found), not \(expected) as its pointer says"
        case .codec(let error): "its checksum can't be computed: \(error)"
        }
    }
}

extension BlockError {
    /// Whether every copy could be read, and none was what its checksum says.
    package var isChecksumMismatch: Bool {
        guard case .noGoodCopy(let failures) = reason, !failures.isEmpty else { return false }
        return failures.allSatisfy { failure in
            if case .checksum = failure.cause { true } else { false }
        }
    }
}

extension BlockError {
    /// Whether nobody knows where the block went when its vdev was removed, since the mapping can't be read.
    package var isWithoutMapping: Bool {
        guard case .noGoodCopy(let failures) = reason, !failures.isEmpty else { return false }
        return failures.allSatisfy { failure in
            if case .vdev(.noMapping) = failure.cause { true } else { false }
        }
    }
}
