import Bytes
import Codecs
import Devices
import Foundation
import Vdevs

extension PoolEditor {
    /// Gives the newest uberblock another root, in every slot of every label that holds it.
    mutating func replaceRoot(by pointer: BlockPointer) throws {
        let old = uberblock.rootPointer
        var newest: Uberblock?
        for file in files.values {
            let device = try FileDevice(path: file)
            for index in 0..<LabelPart.labelCount {
                guard let label = LabelPart.labelOffset(index, deviceSize: device.byteCount) else {
                    continue
                }
                let range = LabelPart.uberblockRing.range
                let start = label + UInt64(range.lowerBound)
                let bytes = try device.read(at: start, count: range.count)
                let ring = UberblockRing(bytes.rawBytes, at: start, ashift: nil)
                for slot in ring.slots where slot.validUberblock?.rootPointer == old {
                    newest = try replaceRoot(of: slot, in: ring, by: pointer, bytes, file)
                }
            }
        }
        guard let newest else { throw Failure(description: "no uberblock leads to the MOS") }
        uberblock = newest
    }

    private func replaceRoot(
        of slot: UberblockSlot, in ring: UberblockRing, by pointer: BlockPointer,
        _ bytes: [UInt8], _ file: String
    ) throws -> Uberblock {
        let size = 1 << ring.slotShift
        var own = [UInt8](bytes[slot.index * size..<(slot.index + 1) * size])
        guard let order = slot.uberblock?.order else {
            throw Failure(description: "slot \(slot.index) holds no uberblock")
        }
        let start = Uberblock.Layout.rootPointerOffset
        own.replaceSubrange(start..<start + BlockPointer.byteCount, with: pointer.encoded(order))
        try EmbeddedChecksum.seal(
            &own, .label, verifier: EmbeddedChecksum.labelVerifier(offset: slot.offset), order)
        try Self.write(own, at: slot.offset, of: file)
        return try Uberblock(own.rawBytes)
    }
}
