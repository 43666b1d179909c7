package import Bytes

extension FileReader {
    /// Adds how much of the file is data and holes, and the first `limit` runs of them.
    package func addExtents(to record: inout Record, limit: Int) {
        var totals: [FileExtent.Kind: UInt64] = [:]
        var runs: [Record.Value] = []
        var count: UInt64 = 0
        forEachExtent { extent in
            totals[extent.kind, default: 0] += extent.byteCount
            count += 1
            guard runs.count < limit else { return }
            runs.append(
                .record(
                    Record([
                        "kind": .text(extent.kind.rawValue), "offset": .offset(extent.offset),
                        "size": .bytes(extent.byteCount),
                    ])))
        }
        for kind in [FileExtent.Kind.data, .hole, .redacted, .unknown] {
            let name = kind == .data ? "data_bytes" : "\(kind.rawValue)_bytes"
            if let total = totals[kind] { record.add(name, .bytes(total)) }
        }
        if count > 1 || totals[.data] == nil { record.add("extents", .list(runs)) }
        if count > UInt64(runs.count) {
            record.add("further_extents", .number(count - UInt64(runs.count)))
        }
    }
}
