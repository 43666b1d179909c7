package import Devices

/// Copies ranges of devices to an image or a raw copy.
package struct ImageCopier: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// Bytes that are in the copy; what is zero on the device is left out.
        package fileprivate(set) var byteCount: UInt64 = 0
        /// Bytes that the devices did not give; they are zero in the copy.
        package fileprivate(set) var unreadableCount: UInt64 = 0
        package fileprivate(set) var isCancelled = false
    }

    private let meter: ProgressMeter
    private let interruption: Interruption
    /// What can't be read is tried again in pieces down to this size.
    private static let smallestPiece = 1 << 12

    package init(_ meter: ProgressMeter, _ interruption: Interruption) {
        self.meter = meter
        self.interruption = interruption
    }

    /// Copies `ranges` of each device, in the order of the header's list; throws where the copy can't be written.
    package func copy(
        _ devices: [(device: any BlockDevice, ranges: [Range<UInt64>])], to sink: any ImageSink
    ) throws(DeviceError) -> Outcome {
        var outcome = Outcome()
        let total = devices.reduce(UInt64(0)) { sum, device in
            device.ranges.reduce(sum) { $0 &+ ($1.upperBound - $1.lowerBound) }
        }
        meter.begin("copying", total: total, isBytes: true)
        for (index, (device, ranges)) in devices.enumerated() {
            for range in ranges {
                var place = range.lowerBound
                while place < range.upperBound {
                    guard !interruption.isRequested else {
                        outcome.isCancelled = true
                        return outcome
                    }
                    let step = UInt64(ImageFormat.pieceSize)
                    let end = min(range.upperBound, place / step * step + step)
                    try copy(place..<end, of: device, index, to: sink, &outcome)
                    meter.add(end - place)
                    place = end
                }
            }
        }
        try sink.finish()
        return outcome
    }

    private func copy(
        _ range: Range<UInt64>, of device: any BlockDevice, _ index: Int, to sink: any ImageSink,
        _ outcome: inout Outcome
    ) throws(DeviceError) {
        let count = Int(range.upperBound - range.lowerBound)
        guard let bytes = try? device.read(at: range.lowerBound, count: count) else {
            guard count > Self.smallestPiece else {
                outcome.unreadableCount += UInt64(count)
                return
            }
            let middle = range.lowerBound + UInt64(count / 2)
            try copy(range.lowerBound..<middle, of: device, index, to: sink, &outcome)
            try copy(middle..<range.upperBound, of: device, index, to: sink, &outcome)
            return
        }
        guard bytes.contains(where: { $0 != 0 }) else { return }
        try sink.write(bytes, device: index, at: range.lowerBound)
        outcome.byteCount += UInt64(count)
    }
}
