import Bytes
import Datasets
import Objects
import Verify

extension SideFix {
    /// Removes a bookmark that can't be one, or lets it say of its snapshot what is true.
    static func bookmark(_ problems: [Problem]) -> SideFix? {
        guard let first = problems.first, let map = first.location.object,
            let name = first.location.key
        else { return nil }
        let title = "\(first.location.dataset ?? "object \(map)")#\(name)"
        let isLost = problems.contains { problem in
            problem.kind != .bookmarkSnapshot && problem.kind != .bookmarkSums
        }
        guard !isLost else {
            return SideFix(
                problems: problems, what: "Remove the bookmark \(title)",
                losses: [RepairLoss(dataset: first.location.dataset, "the bookmark #\(name)")],
                uncovers: ["feature", "object"].map { RepairConsequence($0) }
            ) { meta throws(RepairError) in
                try meta.edit(map) { object throws(RepairError) in
                    try object.salvageZAP(setting: name, to: nil)
                }
            }
        }
        let fields = Bookmark.Layout.fields
        var values: [Int: UInt64] = [:]
        for problem in problems where problem.kind == .bookmarkSums {
            guard case .text(let field)? = problem.evidence["field"],
                let place = fields.first(where: { $0.name == field })?.range.lowerBound,
                let expected = problem.evidence["expected"]?.unsigned
            else { return nil }
            values[place / 8] = expected
        }
        let clearsFlag = problems.contains { $0.kind == .bookmarkSnapshot }
        let sums = values
        return SideFix(
            problems: problems,
            what: "Let the bookmark \(title) say what is true of its snapshot", losses: []
        ) { meta throws(RepairError) in
            try meta.edit(map) { object throws(RepairError) in
                try object.editZAP(salvaging: true) { entries throws(RepairError) in
                    guard let entry = entries.entry([UInt8](name.utf8)) else {
                        throw .changed("there is no bookmark \(title)")
                    }
                    var words = entry.value.words
                    let flags = Bookmark.Layout.rawFlags.offset / 8
                    if clearsFlag, flags < words.count { words[flags] &= ~Self.snapshotExists }
                    for (place, sum) in sums where place < words.count { words[place] = sum }
                    let bytes = words.flatMap { word in
                        (UInt64(0)..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
                    }
                    try entries.set(name, ZAPValue(integerSize: 8, bytes: bytes))
                }
            }
        }
    }

    /// `ZBM_FLAG_SNAPSHOT_EXISTS` (`include/sys/dsl_bookmark.h`).
    private static let snapshotExists: UInt64 = 2
}
