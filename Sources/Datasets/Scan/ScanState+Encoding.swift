package import Bytes

extension ScanState {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.function.write(function.rawValue, into: &bytes, order)
        try Layout.state.write(state.rawValue, into: &bytes, order)
        try Layout.queue.write(queue, into: &bytes, order)
        try Layout.minTxg.write(minTxg.rawValue, into: &bytes, order)
        try Layout.maxTxg.write(maxTxg.rawValue, into: &bytes, order)
        try Layout.currentMinTxg.write(currentMinTxg.rawValue, into: &bytes, order)
        try Layout.currentMaxTxg.write(currentMaxTxg.rawValue, into: &bytes, order)
        try Layout.startTime.write(startTime, into: &bytes, order)
        try Layout.endTime.write(endTime, into: &bytes, order)
        try Layout.toExamine.write(toExamine, into: &bytes, order)
        try Layout.examined.write(examined, into: &bytes, order)
        try Layout.skipped.write(skipped, into: &bytes, order)
        try Layout.processed.write(processed, into: &bytes, order)
        try Layout.errors.write(errors, into: &bytes, order)
        try Layout.dedupClassMax.write(dedupClassMax, into: &bytes, order)
        try Layout.dedupClass.write(dedupClass, into: &bytes, order)
        try Layout.dedupType.write(dedupType, into: &bytes, order)
        try Layout.dedupChecksum.write(dedupChecksum, into: &bytes, order)
        try Layout.dedupCursor.write(dedupCursor, into: &bytes, order)
        try Layout.dataset.write(dataset, into: &bytes, order)
        try Layout.object.write(object, into: &bytes, order)
        try Layout.level.write(UInt64(bitPattern: level), into: &bytes, order)
        try Layout.block.write(block, into: &bytes, order)
        try Layout.flags.write(flags, into: &bytes, order)
    }
}
