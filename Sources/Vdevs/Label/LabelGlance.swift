package import Bytes
package import Devices

/// The labels of a sound device, read no further than a search for pools needs.
///
/// A search looks at hundreds of devices, nearly all of them sound, with four labels that say the same. Then one
/// configuration is decoded instead of four, and in each ring the newest uberblock instead of all of them.
/// Anything out of the ordinary needs a `LabelSet`.
package struct LabelGlance: Sendable {
    /// The configuration that all four labels hold.
    package let config: NVList
    /// The uberblock that ZFS would choose on this device; nil where no ring holds one.
    package let newestUberblock: Uberblock?

    /// Nil where the labels are not all readable, undamaged and equal.
    package init?(_ device: any BlockDevice) {
        let size = LabelPart.labelSize
        guard let first = LabelPart.labelOffset(0, deviceSize: device.byteCount),
            let last = LabelPart.labelOffset(2, deviceSize: device.byteCount),
            let front = try? device.read(at: first, count: 2 * size),
            let back = try? device.read(at: last, count: 2 * size)
        else { return nil }
        let labels: [(bytes: [UInt8], start: Int, place: UInt64)] = [
            (front, 0, first), (front, size, first + UInt64(size)),
            (back, 0, last), (back, size, last + UInt64(size)),
        ]
        let part = LabelPart.config.range
        let contentCount = part.count - LabelChecksum.trailerSize
        let content = front.rawBytes.extracting(part).extracting(first: contentCount)
        for label in labels {
            let config = label.bytes.rawBytes.extracting(
                label.start + part.lowerBound..<label.start + part.upperBound)
            guard config.extracting(first: contentCount).equals(content),
                LabelChecksum(config, at: label.place + UInt64(part.lowerBound)).isValid
            else { return nil }
        }
        guard let decoding = try? NVList.decode(content), decoding.findings.isEmpty,
            let ashift = Label.ashift(decoding.list)
        else { return nil }
        config = decoding.list
        let ring = LabelPart.uberblockRing.range
        var newest: Uberblock?
        for label in labels {
            let bytes = label.bytes.rawBytes.extracting(
                label.start + ring.lowerBound..<label.start + ring.upperBound)
            guard
                let candidate = UberblockRing.newest(
                    bytes, at: label.place + UInt64(ring.lowerBound), ashift: ashift)
            else { continue }
            if newest?.precedes(candidate) ?? true { newest = candidate }
        }
        newestUberblock = newest
    }
}
