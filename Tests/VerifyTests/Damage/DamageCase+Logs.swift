import Bytes
import Datasets
import Objects
import TestSupport
import Vdevs
import Verify

extension DamageCase {
    /// The list of log space maps, and what the newest log says of metaslab 1.
    static let logs = lists + logEntries

    private static let everything = ["the log space maps", "of vdev 0"]

    private static let lists = [
        DamageCase(
            "a log that is named twice, once with a zero in front", [.logDuplicate],
            unchecked: everything
        ) { pool in
            let log = try pool.log()
            let name = "0" + String(log.txg, radix: 16)
            try pool.setEntry(name, of: log.list, log.object)
            return [named(.logDuplicate, log.list, name, log.txg)]
        },
        DamageCase(
            "logs called a and 0a", [.logDuplicate, .logEntryTxg], unchecked: everything
        ) { pool in
            let log = try pool.log()
            try pool.setEntry("a", of: log.list, log.object)
            try pool.setEntry("0a", of: log.list, log.object)
            return [
                named(.logDuplicate, log.list, "0a", 10),
                Found(.logEntryTxg) { ($0.object, $0.txg) = (log.object, .init(10)) },
            ]
        },
        DamageCase("a log whose name is no number", [.logNoTxg]) { pool in
            let log = try pool.log()
            try pool.setEntry("zz", of: log.list, log.object)
            return [named(.logNoTxg, log.list, "zz")]
        },
        DamageCase("a log whose name has a sign", [.logNoTxg]) { pool in
            let log = try pool.log()
            try pool.setEntry("+1", of: log.list, log.object)
            return [named(.logNoTxg, log.list, "+1")]
        },
        DamageCase("a log that no metaslab needs", [.logUnneeded, .logEntryTxg]) { pool in
            let log = try pool.log()
            try pool.setEntry(String(log.txg - 1, radix: 16), of: log.list, log.object)
            // Its entries are those of the other log, whose object it names.
            let old = (log.list, log.object, log.txg - 1)
            return [place(.logUnneeded, old), place(.logEntryTxg, old)]
        },
        DamageCase("a log of a group to come", [.logFuture]) { pool in
            let log = try pool.log()
            let name = String(log.txg + 1, radix: 16)
            try pool.setEntry(name, of: log.list, log.object)
            return [named(.logFuture, log.list, name, log.txg + 1)]
        },
        DamageCase("a log that is no space map", [.logUnreadable], unchecked: everything) { pool in
            let log = try pool.log()
            let name = String(log.txg, radix: 16)
            try pool.setEntry(name, of: log.list, log.list)
            return [named(.logUnreadable, log.list, name, log.txg)]
        },
        DamageCase("a log that can't be read", [.logUnreadable], unchecked: ["of vdev 0"]) { pool in
            let log = try pool.log()
            try pool.spoil(.block(.meta, object: log.object))
            return [place(.logUnreadable, log)]
        },
        DamageCase("a log of 2^60 bytes", [.logUnreadable], unchecked: everything) { pool in
            let log = try pool.log()
            try pool.setHeader(of: log.object, length: 1 << 60)
            let name = String(log.txg, radix: 16)
            return [
                Found(.logUnreadable) {
                    ($0.object, $0.key, $0.txg) = (log.object, name, .init(log.txg))
                }
            ]
        },
    ]

    private static let logEntries = [
        DamageCase("a log entry of a vdev that never was", [.logBadEntry]) { pool in
            let log = try pool.log()
            try pool.append(MapWord.wide(0, 1, vdev: 7), to: log.object, allocated: 512)
            return [place(.logBadEntry, log)]
        },
        DamageCase("a log entry past the end of its vdev", [.logBadEntry]) { pool in
            let log = try pool.log()
            let end = try pool.metaslab(2).bytes.upperBound
            try pool.append(MapWord.wide(end / 512, 1, vdev: 0), to: log.object, allocated: 512)
            return [place(.logBadEntry, log)]
        },
        DamageCase("a log with a wrong total", [.spacemapAllocated]) { pool in
            let log = try pool.log()
            try pool.setHeader(
                of: log.object, allocated: try pool.header(of: log.object).allocated + 512)
            return [place(.spacemapAllocated, log)]
        },
        DamageCase("a log entry without a vdev", [.logBadEntry]) { pool in
            let log = try pool.log()
            try pool.append([MapWord.free(0, 1)], to: log.object, allocated: -512)
            return [place(.logBadEntry, log)]
        },
        DamageCase(
            "a log entry from one metaslab into the next", [.spacemapOutOfBounds, .spacemapLeak]
        ) { pool in
            let log = try pool.log()
            let metaslab = try pool.metaslab(1)
            let start = metaslab.last(1).lowerBound
            try pool.append(
                MapWord.wide(start / 512, 2, vdev: 0), to: log.object, allocated: 1024)
            return [
                Found(
                    .spacemapOutOfBounds, metaslab, start..<start + 1024, object: log.object,
                    txg: log.txg),
                Found(.spacemapLeak, metaslab, metaslab.last(1)),
            ]
        },
        DamageCase("log entries of another group", [.logEntryTxg, .spacemapTxg]) { pool in
            let log = try pool.log()
            let metaslab = try pool.metaslab(1)
            let sector = metaslab.last(1).lowerBound / 512
            try pool.append(
                [MapWord.debug(log.txg + 5)] + MapWord.wide(sector, 1, vdev: 0)
                    + MapWord.wide(isFree: true, sector, 1, vdev: 0), to: log.object)
            return [
                place(.logEntryTxg, log),
                Found(.spacemapTxg, metaslab, object: log.object, txg: log.txg + 5),
            ]
        },
        DamageCase("a log that frees what is free", [.spacemapDoubleFree]) { pool in
            let log = try pool.log()
            let metaslab = try pool.metaslab(1)
            let start = metaslab.last(2).lowerBound
            try pool.append(
                MapWord.wide(isFree: true, start / 512, 2, vdev: 0), to: log.object,
                allocated: -1024)
            return [
                Found(
                    .spacemapDoubleFree, metaslab, metaslab.last(2), object: log.object,
                    txg: log.txg)
            ]
        },
    ]

    private static func named(
        _ kind: ProblemKind, _ list: UInt64, _ name: String, _ txg: UInt64? = nil
    ) -> Found {
        Found(kind) { location in
            location.object = list
            location.key = name
            location.txg = txg.map { .init($0) }
        }
    }

    private static func place(
        _ kind: ProblemKind, _ log: (list: UInt64, object: UInt64, txg: UInt64)
    ) -> Found {
        Found(kind) { ($0.object, $0.txg) = (log.object, .init(log.txg)) }
    }
}
