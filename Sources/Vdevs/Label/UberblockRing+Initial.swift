import Bytes
package import Devices

extension UberblockRing {
    /// The uberblock that was put into the ring `bytes` when the device was labelled; nil where none is proven.
    ///
    /// The whole ring is then written as one block, with its checksum at the end and the uberblock of the pool's newest state
    /// at the start, of txg 0. Early versions wrote it into each slot. `bytes` lies at byte `offset` of its device. Mirrors
    /// `vdev_label_init` (`module/zfs/vdev_label.c`).
    static func initial(_ bytes: RawSpan, at offset: UInt64) -> Uberblock? {
        guard let first = try? Uberblock(bytes), first.txg.rawValue == 0,
            !first.rootPointer.isHole, first.rootPointer.birth.rawValue != 0
        else { return nil }
        let isProven =
            LabelChecksum(bytes, at: offset).isValid
            || shifts.contains { shift in
                bytes.byteCount >= 1 << shift
                    && LabelChecksum(bytes.extracting(first: 1 << shift), at: offset).isValid
            }
        return isProven ? first : nil
    }

    /// The same in any label of a device.
    package static func initial(on device: any BlockDevice) -> Uberblock? {
        (0..<LabelPart.labelCount).lazy.compactMap { index -> Uberblock? in
            let part = LabelPart.uberblockRing.range
            guard let label = LabelPart.labelOffset(index, deviceSize: device.byteCount),
                // Sound: a device ends long before 2^63 bytes.
                let bytes = try? device.read(
                    at: label &+ UInt64(part.lowerBound), count: part.count)
            else { return nil }
            return initial(bytes.rawBytes, at: label &+ UInt64(part.lowerBound))
        }.first
    }
}

extension Uberblock {
    /// The same with the group in which its root was written, for one that was written with txg 0.
    package func datedByRoot() -> Uberblock? {
        var bytes = [UInt8](repeating: 0, count: Layout.byteCount)
        do throws(FormatError) {
            try encode(into: &bytes)
            try Layout.txg.write(rootPointer.birth.rawValue, into: &bytes, order)
        } catch {
            return nil
        }
        let encoded = bytes
        return try? Uberblock(encoded.rawBytes)
    }
}
