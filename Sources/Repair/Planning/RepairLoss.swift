package import Bytes

/// One thing that a repair gives up: something a user or the pool had, and will have no longer.
///
/// A damage report is printed from these, so each says in facts where the thing was.
package struct RepairLoss: Sendable, Hashable, Codable {
    /// The dataset's name; nil for what belongs to the pool as a whole.
    package let dataset: String?
    /// The object's number in its object set; nil where it is about no single object.
    package let object: UInt64?
    /// The file's path, or the last one known; nil where it has none or is no file.
    package let path: String?
    /// Which bytes of the object; nil where it is about all of it or about none of its bytes.
    package let range: Range<UInt64>?
    /// What is given up, as a sentence without a full stop.
    package let what: String

    package init(
        dataset: String? = nil, object: UInt64? = nil, path: String? = nil,
        range: Range<UInt64>? = nil, _ what: String
    ) {
        self.dataset = dataset
        self.object = object
        self.path = path
        self.range = range
        self.what = what
    }

    package var record: Record {
        var record = Record()
        record.add("dataset", dataset.map(Record.Value.text))
        record.add("object", object.map(Record.Value.number))
        record.add("path", path.map(Record.Value.text))
        record.add("offset", range.map { .offset($0.lowerBound) })
        record.add("size", range.map { .bytes($0.upperBound - $0.lowerBound) })
        record.add("what", .text(what))
        return record
    }
}

extension RepairLoss: CustomStringConvertible {
    /// `bytes 0 to 131071 of tank/mail/inbox.txt (object 12): the block can't be read`.
    package var description: String { text(inDataset: false) }

    /// The same; `isInside` where the dataset has been named already.
    package func text(inDataset isInside: Bool) -> String {
        let dataset = isInside ? nil : dataset
        var place = (dataset ?? "") + (path ?? "")
        if let object {
            let own = "object \(object)"
            let owner = place.isEmpty ? "the MOS" : place
            place =
                path != nil ? "\(place) (\(own))" : isInside ? own : "\(own) of \(owner)"
        }
        if let range, !range.isEmpty {
            let bytes = "bytes \(range.lowerBound) to \(range.upperBound - 1)"
            place = place.isEmpty ? bytes : "\(bytes) of \(place)"
        }
        return place.isEmpty ? what : "\(place): \(what)"
    }
}
