package import Bytes
import Codecs
import Devices
import Foundation
import Vdevs

extension PoolEditor {
    /// Gives the newest uberblock another root.
    mutating func replaceRoot(by pointer: BlockPointer) throws {
        let start = Uberblock.Layout.rootPointerOffset
        try editUberblock { bytes, order in
            bytes.replaceSubrange(
                start..<start + BlockPointer.byteCount, with: pointer.encoded(order))
        }
    }

    /// Changes the newest uberblock in every slot of every label that holds it.
    package mutating func editUberblock(
        _ change: (inout [UInt8], ByteOrder) throws -> Void
    ) throws {
        let old = uberblock.rootPointer
        var newest: Uberblock?
        var isFound = false
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
                    isFound = true
                    newest = try edit(slot, in: ring, bytes, file, change)
                }
            }
        }
        if let newest { uberblock = newest }
        guard isFound else { throw Failure(description: "no uberblock leads to the MOS") }
    }

    private func edit(
        _ slot: UberblockSlot, in ring: UberblockRing, _ bytes: [UInt8], _ file: String,
        _ change: (inout [UInt8], ByteOrder) throws -> Void
    ) throws -> Uberblock? {
        let size = 1 << ring.slotShift
        var own = [UInt8](bytes[slot.index * size..<(slot.index + 1) * size])
        guard let order = slot.uberblock?.order else {
            throw Failure(description: "slot \(slot.index) holds no uberblock")
        }
        try change(&own, order)
        try EmbeddedChecksum.seal(
            &own, .label, verifier: EmbeddedChecksum.labelVerifier(offset: slot.offset), order)
        try write(own, at: slot.offset, of: file)
        return try? Uberblock(own.rawBytes)
    }
}
