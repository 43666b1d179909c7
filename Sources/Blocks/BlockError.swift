import Bytes
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
    }

    /// Why one copy did not do.
    package struct CopyFailure: Hashable, Sendable {
        package let dva: DVA
        package let cause: Cause

        package enum Cause: Hashable, Sendable {
            case vdev(VdevError)
            case checksum(expected: Checksum, found: Checksum)
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
