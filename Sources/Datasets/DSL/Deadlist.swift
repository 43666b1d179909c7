package import Bytes
package import Objects
import Vdevs

/// The blocks that a snapshot had and the next dataset has no more, sorted by when they were born.
///
/// A ZAP whose keys are txgs in hexadecimal and whose values are lists of blocks born after them; before version
/// 26 one list for all. Livelists of clones have the same form. Mirrors `dsl_deadlist_t`
/// (`include/sys/dsl_deadlist.h`).
package struct Deadlist: Sendable {
    package let object: UInt64
    package let form: Form

    package enum Form: Sendable {
        /// One list for all (before version 26).
        case single(BlockPointerList)
        case byBirth(DeadlistHeader, [Part])
    }

    /// The blocks born after one txg and up to the next part's.
    package struct Part: Sendable {
        /// Blocks born after this txg.
        package let minimumTxg: TransactionGroup
        /// The object of the list.
        package let list: UInt64
    }

    package init(_ number: UInt64, _ meta: MetaObjects) throws(PoolError) {
        object = number
        let own = try meta.object(number)
        guard own.type.content == .zap else {
            form = .single(try meta.pointerList(number))
            return
        }
        let header = try own.bonus(as: DeadlistHeader.self)
        var parts: [Part] = []
        for entry in try meta.entries(of: number, "deadlist") {
            guard let txg = UInt64(entry.name, radix: 16), let list = entry.uint64 else {
                meta.damage(
                    number, "deadlist", "the entry \(entry.name) names no txg",
                    code: .deadlistEntry)
                continue
            }
            parts.append(Part(minimumTxg: TransactionGroup(txg), list: list))
        }
        form = .byBirth(header, parts.sorted { $0.minimumTxg < $1.minimumTxg })
    }

    /// What the listed blocks take on disk.
    package var usedBytes: UInt64 {
        switch form {
        case .single(let list): list.header.bytes
        case .byBirth(let header, _): header.usedBytes
        }
    }

    package var record: Record {
        var record = Record(["object": .number(object)])
        switch form {
        case .single(let list):
            record.add("form", "one list")
            record.add("used_bytes", .bytes(list.header.bytes))
            record.add("compressed_bytes", list.header.compressedBytes.map { .bytes($0) })
            record.add("uncompressed_bytes", list.header.uncompressedBytes.map { .bytes($0) })
            record.add("pointers", .number(list.header.count))
        case .byBirth(let header, let parts):
            record.add("form", "by birth")
            for entry in header.record.entries { record.add(entry.name, entry.value) }
            record.add(
                "parts",
                .list(
                    parts.map {
                        .record(
                            Record([
                                "minimum_txg": .txg($0.minimumTxg), "list": .number($0.list),
                            ]))
                    }))
        }
        return record
    }
}
