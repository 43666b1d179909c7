import Codecs
import Datasets
import Files
import Objects
import TestSupport
import Testing
import Vdevs

/// The logs of pools that lost power, as zdb 2.3.2 printed them.
@Suite struct RealLogTests {
    @Test(arguments: ["zil", "zilslog"])
    func `blocks and records are those of zdb`(_ name: String) throws {
        let recorded = try RecordedLog(pool: name)
        var compared = 0
        for candidate in try TestPool.named(name).candidates() {
            let pool = try Pool.open(candidate)
            for dataset in try pool.datasets().datasets where !dataset.isSnapshot {
                let set = try pool.objectSet(of: dataset)
                let log = IntentLog(set.header.intentLog, source: pool.reader)
                var lines: [String] = []
                var details: [String] = []
                let end = log.forEachBlock { block in
                    lines.append(String(block.sequence))
                    for record in block.records {
                        lines.append(
                            "\(record.type) \(record.byteCount) \(record.txg) \(record.sequence)")
                        details += Self.details(record)
                    }
                }
                if case .notWritten(let pointer, _) = end {
                    lines.append(String(pointer.checksum.word3))
                }
                #expect(lines == recorded.linesByDataset[dataset.name] ?? [], "\(dataset.name)")
                let shown = recorded.detailsByDataset[dataset.name] ?? []
                for detail in details {
                    #expect(shown.contains(detail), "\(dataset.name): zdb did not print \(detail)")
                }
                compared += lines.count
            }
        }
        #expect(compared > 5)
    }

    /// Some of the lines that zdb prints of a record.
    private static func details(_ record: LogRecord) -> [String] {
        guard case .decoded(let body) = record.body else { return ["not decoded: \(record.body)"] }
        switch body {
        case let body as LoggedCreation:
            return [
                body.target.map { "\(body.name) -> \($0)" } ?? "\(body.name)",
                "doid \(body.directory), foid \(body.object), slots \(body.slots), "
                    + "mode \(String(body.mode, radix: 8))",
                "uid \(body.user), gid \(body.group), gen \(body.generation), "
                    + "rdev 0x\(String(body.device, radix: 16))",
            ]
        case let body as LoggedRemoval: return ["doid \(body.directory), name \(body.name)"]
        case let body as LoggedLink:
            return ["doid \(body.directory), link_obj \(body.object), name \(body.name)"]
        case let body as LoggedRename:
            return [
                "sdoid \(body.sourceDirectory), tdoid \(body.targetDirectory)",
                "src \(body.sourceName) tgt \(body.targetName)",
            ]
        case let body as LoggedWrite:
            return [
                "foid \(body.object), offset \(String(body.offset, radix: 16)), "
                    + "length \(String(body.length, radix: 16))"
            ]
        case let body as LoggedAttributes:
            return ["foid \(body.object), mask 0x\(String(body.mask.rawValue, radix: 16))"]
        case let body as LoggedExtendedAttribute:
            return ["foid \(body.object)", "XAT_NAME  \(body.name)"]
        default: return []
        }
    }
}
