import Bytes
import Codecs
import Devices
import Foundation
import TestSupport
import Testing
import Vdevs

/// Damage to labels and uberblock rings.
extension EditedPool {
    func device(_ name: String) -> String { "\(path)/\(name)" }

    /// Where a part of a label lies on a device.
    func place(_ part: LabelPart, of label: Int, on name: String) throws -> UInt64 {
        let device = try FileDevice(path: device(name))
        let start = try #require(LabelPart.labelOffset(label, deviceSize: device.byteCount))
        return start + UInt64(part.range.lowerBound)
    }

    /// Writes bytes as they are.
    func write(_ bytes: [UInt8], at offset: UInt64, of name: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: device(name)))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    func resize(_ name: String, to size: UInt64) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: device(name)))
        try handle.truncate(atOffset: size)
        try handle.close()
    }

    func wipe(label: Int, of name: String) throws {
        try write(
            [UInt8](repeating: 0, count: LabelPart.labelSize),
            at: try place(.pad, of: label, on: name), of: name)
    }

    /// Changes the packed configuration of a label and seals it.
    func editConfig(
        of label: Int, on name: String, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let start = try place(.config, of: label, on: name)
        var bytes = try FileDevice(path: device(name)).read(
            at: start, count: LabelPart.config.range.count)
        try change(&bytes)
        try EmbeddedChecksum.seal(
            &bytes, .label, verifier: EmbeddedChecksum.labelVerifier(offset: start), .little)
        try write(bytes, at: start, of: name)
    }

    /// The uberblocks of one ring, newest first.
    func ring(of label: Int = 0, on name: String) throws -> UberblockRing {
        let start = try place(.uberblockRing, of: label, on: name)
        let bytes = try FileDevice(path: device(name)).read(
            at: start, count: LabelPart.uberblockRing.range.count)
        return UberblockRing(bytes.rawBytes, at: start, ashift: nil)
    }

    /// The slot of the uberblock that is `age` commits old.
    func slot(_ age: Int = 0, of label: Int = 0, on name: String) throws -> UberblockSlot {
        let slots = try ring(of: label, on: name).slots.filter {
            ($0.validUberblock?.txg.rawValue ?? 0) != 0
        }
        let sorted = slots.sorted {
            ($0.uberblock?.txg.rawValue ?? 0) > ($1.uberblock?.txg.rawValue ?? 0)
        }
        return sorted[age]
    }

    /// Changes an uberblock that is `age` commits old, puts it into slot `other` if given, and seals it.
    func editUberblock(
        _ age: Int = 0, labels: [Int] = [0, 1, 2, 3], on name: String, into other: Int? = nil,
        isSealed: Bool = true, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        for label in labels {
            let ring = try ring(of: label, on: name)
            let slot = try slot(age, of: label, on: name)
            let start = try place(.uberblockRing, of: label, on: name)
            var bytes = try FileDevice(path: device(name)).read(
                at: slot.offset, count: 1 << ring.slotShift)
            try change(&bytes)
            let target = start + UInt64((other ?? slot.index) << ring.slotShift)
            if isSealed {
                let order = try #require(slot.uberblock?.order)
                try EmbeddedChecksum.seal(
                    &bytes, .label, verifier: EmbeddedChecksum.labelVerifier(offset: target), order
                )
            }
            try write(bytes, at: target, of: name)
        }
    }
}
