import Bytes

extension Problem {
    /// The bytes of its texts: names that a damaged pool gives may be of any length.
    var textByteCount: Int {
        var sum = location.textByteCount + evidence.textByteCount
        for problem in consequences { sum += problem.textByteCount }
        for place in alsoAt { sum += place.textByteCount }
        return sum
    }
}

extension Location {
    fileprivate var textByteCount: Int {
        [device, dataset, path, key].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
    }
}

extension Record {
    fileprivate var textByteCount: Int {
        entries.reduce(0) { $0 + $1.value.textByteCount }
    }
}

extension Record.Value {
    fileprivate var textByteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .data(let bytes): bytes.count
        case .list(let values): values.reduce(0) { $0 + $1.textByteCount }
        case .record(let record): record.textByteCount
        default: 0
        }
    }
}
