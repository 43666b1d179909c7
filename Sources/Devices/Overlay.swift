import Bytes

/// A device as it would be after some patches, without writing any of them.
///
/// Every reader and every check runs on it unchanged, which makes "what if" free. What no patch covers is
/// read from the device below; a read that patches cover whole does not touch it.
package struct Overlay: BlockDevice {
    /// The device as it is.
    package let base: any BlockDevice
    /// In order of their offsets, none empty, none overlapping another.
    package let patches: [Patch]

    /// Lays `patches` over `base`; where they overlap, the later one of the list wins.
    ///
    /// Throws where a patch reaches past the end: an overlay never grows its device.
    package init(_ base: any BlockDevice, patches: [Patch]) throws(DeviceError) {
        for patch in patches {
            guard patch.offset <= base.byteCount,
                UInt64(patch.bytes.count) <= base.byteCount - patch.offset
            else {
                throw DeviceError(
                    device: base.name, offset: patch.offset, count: patch.bytes.count,
                    .pastEnd(available: base.byteCount))
            }
        }
        self.base = base
        self.patches = Self.merged(patches)
    }

    package var name: String { base.name }
    package var byteCount: UInt64 { base.byteCount }

    package func willRead(_ range: Range<UInt64>) { base.willRead(range) }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        let wanted = offset..<offset + UInt64(count)
        let first = firstPatch(endingAfter: offset)
        if first == patches.count || !patches[first].range.contains(wanted) {
            try base.read(at: offset, into: &buffer)
        }
        for patch in patches[first...] {
            guard patch.offset < wanted.upperBound else { break }
            let shared = patch.range.clamped(to: wanted)
            let source = Int(shared.lowerBound - patch.offset)
            buffer.copy(
                patch.bytes.rawBytes.extracting(source..<source + shared.count),
                to: Int(shared.lowerBound - offset))
        }
    }

    /// The index of the first patch that ends after `offset`, or of the end of the list.
    private func firstPatch(endingAfter offset: UInt64) -> Int {
        var low = 0
        var high = patches.count
        while low < high {
            let middle = low + (high - low) / 2
            if patches[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
