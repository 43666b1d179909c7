package import Bytes

extension ErrorScrubState {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.function.write(function.rawValue, into: &bytes, order)
        try Layout.state.write(state.rawValue, into: &bytes, order)
        try Layout.cursor.write(cursor, into: &bytes, order)
        try Layout.startTime.write(startTime, into: &bytes, order)
        try Layout.endTime.write(endTime, into: &bytes, order)
        try Layout.toExamine.write(toExamine, into: &bytes, order)
        try Layout.examined.write(examined, into: &bytes, order)
        try Layout.errors.write(errors, into: &bytes, order)
        try Layout.pausedFlags.write(pausedFlags, into: &bytes, order)
    }
}
