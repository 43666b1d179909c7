import Objects

extension ReadAhead {
    /// The same for a file that a log changes: record by record, since a log changes little.
    func forEachEditedPiece<Failure: Error>(
        _ range: Range<UInt64>, _ body: (FilePiece) throws(Failure) -> Void
    ) throws(Failure) {
        let size = UInt64(reader.recordSize)
        try reader.forEachExtent { (extent) throws(Failure) in
            let low = max(extent.offset, range.lowerBound)
            let high = min(extent.end, range.upperBound)
            guard low < high else { return }
            var place = low
            while place < high {
                let index = place / size
                // A run that is all holes or all lost is one piece.
                let end = extent.kind == .data ? min(high, (index + 1) * size) : high
                try body(
                    FilePiece(
                        offset: place, byteCount: end - place,
                        content: content(place..<end, ofRecord: index, extent.kind)))
                place = end
            }
        }
    }

    private func content(
        _ range: Range<UInt64>, ofRecord index: UInt64, _ kind: FileExtent.Kind
    ) -> FilePiece.Content {
        guard kind != .hole else { return .hole }
        do throws(ObjectError) {
            guard let bytes = try reader.record(index) else { return .hole }
            let start = index * UInt64(reader.recordSize)
            let cut =
                Int(range.lowerBound - start)..<min(bytes.count, Int(range.upperBound - start))
            return .data(cut.count == bytes.count ? bytes : [UInt8](bytes[cut]))
        } catch {
            return .unreadable(error)
        }
    }
}
