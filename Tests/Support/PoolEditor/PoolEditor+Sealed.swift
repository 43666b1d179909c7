import Blocks
import Bytes
import Codecs
import Devices
import Foundation
import Vdevs

/// Edits of blocks as they are stored, and of what bears its checksum in itself.
extension PoolEditor {
    /// Changes the gang header that a pointer leads to, in all its copies, and seals it if wanted.
    package func editGangHeader(
        of place: EditPlace, isSealed: Bool, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let pointer = try pointer(to: place)
        var bytes = try reader.gangHeader(pointer).bytes
        try change(&bytes)
        if isSealed {
            let first = pointer.dva(0)
            try EmbeddedChecksum.seal(
                &bytes, .gangHeader,
                verifier: EmbeddedChecksum.gangVerifier(
                    vdev: UInt64(first.vdev), offset: first.offset,
                    physicalBirth: pointer.physicalBirth), pointer.order)
        }
        for copy in 0..<pointer.copyLimit where pointer.hasCopy(copy) {
            let address = pointer.dva(copy)
            try overwrite(vdev: address.vdev, at: address.offset, with: bytes)
        }
    }

    /// Changes a block as it is stored, compressed, and makes its pointer fit.
    package mutating func editStored(
        _ place: EditPlace, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        var pointer = try pointer(to: place)
        var stored = try reader.readStored(pointer).bytes
        try change(&stored)
        try storeAsIs(stored, for: &pointer)
        let new = pointer
        try editPointer(to: place) { $0 = new }
    }

    /// Changes the boot environment in the first label of the first device, and seals it.
    package func editBootEnvironment(_ change: (inout [UInt8]) throws -> Void) throws {
        guard let file = files.values.min(),
            let label = LabelPart.labelOffset(0, deviceSize: try FileDevice(path: file).byteCount)
        else { throw Failure(description: "no device has a label") }
        let part = LabelPart.bootEnvironment.range
        let start = label + UInt64(part.lowerBound)
        var bytes = try FileDevice(path: file).read(at: start, count: part.count)
        try change(&bytes)
        try EmbeddedChecksum.seal(
            &bytes, .label, verifier: EmbeddedChecksum.labelVerifier(offset: start), .little)
        try write(bytes, at: start, of: file)
    }
}
