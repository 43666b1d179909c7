import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// One thing that is put right about what the pool can do without: history, bookmarks, the state of a scrub, lists of blocks
/// that wait to be freed.
struct SideFix: Sendable {
    let problems: [Problem]
    /// A sentence without a full stop.
    let what: String
    let losses: [RepairLoss]
    /// What may come to light afterwards.
    var uncovers: [RepairConsequence] = []
    let apply: @Sendable (inout ObjectSetDraft) throws(RepairError) -> Void
}

extension SideFix {
    /// Cuts the history off before its first bad record; begins an empty one where not even the first record can be kept.
    static func history(_ problems: [Problem], _ pool: Pool) -> SideFix? {
        guard let number = pool.directory.object(.history),
            let object = try? pool.meta.object(number), object.type == .history
        else { return nil }
        let own = problems.filter {
            ($0.kind == .historyHeader || $0.kind == .historyRecord)
                && $0.location.object == number
        }
        guard !own.isEmpty else { return nil }
        let first = own.compactMap(\.location.offset).min()
        if !own.contains(where: { $0.kind == .historyHeader }), let first,
            let history = try? History(object), first >= history.header.creationEnd,
            first >= history.header.begin, first < history.header.end
        {
            return SideFix(
                problems: own, what: "Cut the pool's history off before the record at \(first)",
                losses: [
                    RepairLoss(
                        object: number,
                        "\(history.header.end - first) bytes of the pool's newest history")
                ]
            ) { meta throws(RepairError) in
                try setHistory(number, in: &meta) { $0.end = first }
            }
        }
        return emptyHistory(number, own)
    }

    static func emptyHistory(_ number: UInt64, _ problems: [Problem]) -> SideFix {
        SideFix(
            problems: problems, what: "Begin an empty history of the pool",
            losses: [RepairLoss(object: number, "the pool's history")]
        ) { meta throws(RepairError) in
            try meta.edit(number) { object throws(RepairError) in
                try object.clearBlocks()
            }
            try setHistory(number, in: &meta) { header in
                // Sizes as `spa_history_create_obj` (`module/zfs/spa_history.c`) can choose them.
                header.physicalEnd = min(max(header.physicalEnd, 128 << 10), 1 << 30)
                (header.creationEnd, header.begin, header.end) = (0, 0, 0)
            }
        }
    }

    private static func setHistory(
        _ number: UInt64, in meta: inout ObjectSetDraft, _ change: (inout HistoryHeader) -> Void
    ) throws(RepairError) {
        try meta.edit(number) { object throws(RepairError) in
            let (bonus, order) = (try object.bonus, object.order)
            var header = try RepairError.format(of: number) { () throws(FormatError) in
                try HistoryHeader(bonus.rawBytes, order)
            }
            change(&header)
            let changed = header
            try object.editBonus { bytes throws(FormatError) in
                try changed.encode(into: &bytes, order)
            }
        }
    }

    /// Forgets a scrub whose state can't be; the next one begins anew.
    static func scan(_ key: String, _ problems: [Problem]) -> SideFix {
        forget(
            key, problems,
            what: key == "scan"
                ? "Forget the state of the last scrub or resilver"
                : "Forget the state of the last scrub of known errors",
            loss: "the state of a scrub, which has to be begun anew")
    }

    /// Forgets which groups were current when; the pool begins to note it anew.
    static func times(_ key: String, _ problems: [Problem]) -> SideFix {
        forget(
            key, problems, what: "Forget which transaction groups were current when (\(key))",
            loss: "the record of when which transaction group was current, which begins anew")
    }

    /// Takes an entry out of the directory of the MOS.
    private static func forget(
        _ key: String, _ problems: [Problem], what: String, loss: String
    ) -> SideFix {
        SideFix(
            problems: problems, what: what,
            losses: [RepairLoss(object: ObjectDirectory.objectNumber, loss)]
        ) { meta throws(RepairError) in
            try meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
                try object.salvageZAP(setting: key, to: nil)
            }
        }
    }

    /// Makes an empty list of one that can't be read; what it named is found to be free by the census.
    static func emptyList(_ number: UInt64, _ problems: [Problem], _ pool: Pool) -> SideFix? {
        let lists = [ObjectDirectory.Key.freeList, .deferredFrees]
            .compactMap { pool.directory.object($0) }
        guard lists.contains(number), let object = try? pool.meta.object(number),
            object.type == .blockPointerList
        else { return nil }
        let size = BlockPointerListHeader.Layout
            .byteCounts[pool.features.isActive("livelist") ? 3 : 2]
        return SideFix(
            problems: problems,
            what: "Empty the list of blocks that wait to be freed in object \(number) of the MOS",
            losses: [
                RepairLoss(
                    object: number,
                    "the list of blocks that wait to be freed, whose space another round finds free"
                )
            ],
            uncovers: ["spacemap", "bpobj", "accounting", "dsl", "feature"].map {
                RepairConsequence($0)
            }
        ) { meta throws(RepairError) in
            try meta.edit(number) { object throws(RepairError) in
                try object.clearBlocks()
                if try object.bonus.count < size {
                    try object.set(Dnode.Layout.bonusLength, UInt16(size))
                }
                try object.editBonus { bytes throws(FormatError) in
                    bytes = [UInt8](repeating: 0, count: bytes.count)
                }
            }
        }
    }
}
