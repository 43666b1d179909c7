package import Bytes
import Datasets
import Devices
package import Repair
import Vdevs
package import Verify

/// The account of a repair that was carried out: what was found before and after, every range that was written with
/// hashes of what stood there and what stands there now, what was given up, and how to take it back.
///
/// It is a file of JSON Lines beside the undo log. What was given up also goes into a damage report, once in that form and
/// once as text, by dataset and path.
package struct RepairCertificate: Sendable {
    /// Where the repair went.
    package enum Destination: Sendable, Hashable {
        /// To the pool; what stood there is in the undo log of that name.
        case pool(undoLog: String)
        /// Into an overlay of that name.
        case overlay(String)
    }

    private let plan: RepairPlan
    private let before: VerifyResult
    private let after: VerifyResult
    private let destination: Destination
    private let tool: String
    /// When it was carried out, in seconds since 1970.
    private let time: UInt64

    package init(
        _ plan: RepairPlan, before: VerifyResult, after: VerifyResult, _ destination: Destination,
        tool: String, time: UInt64
    ) {
        self.plan = plan
        self.before = before
        self.after = after
        self.destination = destination
        self.tool = tool
        self.time = time
    }

    /// The facts in short.
    package var summary: Record {
        var record = Record([
            "pool": .text(plan.poolName), "guid": .guid(plan.pool),
            "txg_before": .txg(plan.txg), "txg_after": .txg(plan.commit.txg),
            "findings_before": .number(before.damageCount),
        ])
        // A check that was broken off counts nothing.
        record.add("findings_after", after.isCancelled ? nil : .number(after.damageCount))
        record.add("writes", .number(UInt64(plan.commit.writes.count)))
        if !losses.isEmpty { record.add("given_up", .number(UInt64(losses.count))) }
        switch destination {
        case .pool(let path): record.add("undo_log", .text(path))
        case .overlay(let path): record.add("overlay", .text(path))
        }
        return record
    }

    /// All that was given up, by dataset and path.
    package var losses: [RepairLoss] {
        plan.actions.flatMap(\.losses).sorted { left, right in
            let orders = [left, right].map {
                (
                    $0.dataset ?? "", $0.path ?? "", $0.object ?? 0, $0.range?.lowerBound ?? 0,
                    $0.what
                )
            }
            return orders[0] < orders[1]
        }
    }
}

extension RepairCertificate {
    /// A line of JSON for each fact.
    var records: [Record] {
        var records = [
            Record([
                "type": "header", "schema": .number(1), "tool": .text(tool),
                "command": "repair", "time": .time(time),
            ])
        ]
        records.append(summary.typed("certificate"))
        records += plan.actions.map { $0.record.typed("action") }
        records += losses.map { $0.record.typed("loss") }
        for (result, when) in [(before, "before"), (after, "after")] {
            records += result.problems.map {
                Finding(result.names.named($0)).record.adding("when", .text(when))
            }
        }
        records += writes.map { $0.typed("write") }
        return records
    }

    /// Every range that was written, with the hashes (XXH3) of what stood there and what stands there now.
    package var writes: [Record] {
        var records: [Record] = []
        for (stage, writes) in plan.commit.stages.enumerated() {
            for (index, write) in writes.enumerated() {
                var record = Record([
                    "stage": .number(UInt64(stage)), "device": .guid(write.device),
                    "offset": .offset(write.patch.offset),
                    "size": .bytes(UInt64(write.patch.bytes.count)),
                    "before": .text(plan.before[stage][index]),
                ])
                record.add(
                    "after", (try? PatchFile.hash(of: [write.patch.bytes])).map { .text($0) })
                records.append(record)
            }
        }
        return records
    }

    /// What was given up as a person reads it: a line for each dataset, and below it its files.
    package var lossLines: [String] {
        var lines: [String] = []
        var dataset: String?
        for loss in losses {
            let own = loss.dataset ?? "the pool as a whole"
            if own != dataset { lines.append(own) }
            dataset = own
            lines.append("    " + loss.text(inDataset: loss.dataset != nil))
        }
        return lines
    }
}

extension VerifyResult {
    /// How many findings tell of damage.
    package var damageCount: UInt64 { UInt64(problems.count { $0.kind.severity.isDamage }) }
}

extension Record {
    /// The same with its type in front.
    fileprivate func typed(_ type: String) -> Record {
        var record = Record(["type": .text(type)])
        for entry in entries { record.add(entry.name, entry.value) }
        return record
    }

    fileprivate func adding(_ name: String, _ value: Value) -> Record {
        var record = self
        record.add(name, value)
        return record
    }
}
