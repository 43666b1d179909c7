package import Bytes
import Devices

/// Bytes for places of a pool's devices, in a file of our own: an undo log or an overlay.
///
/// The form is in little-endian order, each part guarded by XXH3: a header, and for each place an entry with its bytes
/// behind it. An entry also has the hash of the bytes on the other side, so that it is never laid over, or put back into, a
/// place that holds something else.
package struct PatchFile: Sendable {
    /// What the bytes are for.
    package enum Kind: Sendable {
        /// The bytes stood there before; those on the other side are what was written in their place.
        case undoLog
        /// The bytes are seen there; those on the other side are what the device itself holds.
        case overlay
    }

    /// One place.
    package struct Entry: Sendable, Hashable {
        /// The leaf's GUID.
        package let device: GUID
        /// The stage of the commit that it belongs to, from 0.
        package let stage: Int
        /// In bytes from the start of the device.
        package let offset: UInt64
        package let byteCount: Int
        /// The hash of the bytes on the other side.
        package let otherHash: String
        /// The hash of the entry, its bytes included.
        let hash: String
        /// Where the bytes begin in the file.
        let place: UInt64
    }

    package let kind: Kind
    package let pool: GUID
    /// The group that the pool was at, and the one that the writes make.
    package let oldTxg: TransactionGroup
    package let newTxg: TransactionGroup
    package let entries: [Entry]
    let file: any BlockDevice

    /// The bytes of a place, proved by its hash.
    package func bytes(of entry: Entry) throws(PoolError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try file.read(at: entry.place, count: entry.byteCount)
        } catch {
            throw .device(error)
        }
        let found = try Self.hash(of: [Layout.fields(of: entry), bytes])
        guard found == entry.hash else {
            throw .ownFile(
                "\(file.name) is damaged: the bytes at \(entry.place) are not those that were kept")
        }
        return bytes
    }
}

extension PatchFile.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .undoLog: "undo log"
        case .overlay: "overlay"
        }
    }

    /// How such a file begins.
    var magic: [UInt8] {
        switch self {
        case .undoLog: [UInt8]("zinspect undo 1\n".utf8)
        case .overlay: [UInt8]("zinspect over 1\n".utf8)
        }
    }
}
