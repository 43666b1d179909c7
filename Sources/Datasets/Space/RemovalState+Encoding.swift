package import Bytes

extension RemovalState {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.state.write(state.rawValue, into: &bytes, order)
        try Layout.removingVdev.write(removingVdev, into: &bytes, order)
        try Layout.previousIndirectVdev.write(previousIndirectVdev, into: &bytes, order)
        try Layout.startTime.write(startTime, into: &bytes, order)
        try Layout.endTime.write(endTime, into: &bytes, order)
        try Layout.toCopy.write(toCopy, into: &bytes, order)
        try Layout.copied.write(copied, into: &bytes, order)
    }
}

extension RemovalState {
    /// As the words of the array that the object directory holds.
    package var words: [UInt64] {
        [
            state.rawValue, removingVdev, previousIndirectVdev, startTime, endTime, toCopy, copied,
        ]
    }
}
