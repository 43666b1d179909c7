import Bytes
import Datasets
import Objects
import Vdevs

extension DumpReport {
    /// The objects of an object set as a table, with a summary by type in front.
    func showObjects(of set: ObjectSet, dataset: String) {
        var rows: [Record] = []
        var counts: [String: (objects: UInt64, bytes: UInt64)] = [:]
        set.forEachDnode { visit in
            switch visit {
            case .object(let object):
                let type = "\(object.type)"
                counts[type, default: (0, 0)].objects += 1
                counts[type, default: (0, 0)].bytes &+= object.dnode.usedBytes
                rows.append(object.row)
            case .damaged(let numbers, let error):
                pool.notes.damage(
                    "\(dataset), objects \(numbers.lowerBound) to \(numbers.upperBound)",
                    "\(error)")
            }
        }
        let types = counts.sorted { $0.key < $1.key }.map { name, count in
            Record([
                "dataset": .text(dataset), "object_type": .text(name),
                "objects": .number(count.objects), "used": .bytes(count.bytes),
            ])
        }
        output.section(
            Section(
                type: "object_types", title: "Objects by type",
                .table(
                    types,
                    columns: [
                        Column("object_type", "TYPE"), Column("objects"), Column("used"),
                    ])))
        guard verbosity > 0 else { return }
        output.section(
            Section(
                type: "object", title: "Objects",
                .table(
                    rows,
                    columns: [
                        Column("object"), Column("levels"), Column("indirect_block", "INDIRECT"),
                        Column("data_block", "BLOCK"), Column("used"), Column("dnode"),
                        Column("size"), Column("object_type", "TYPE"),
                        Column("bonus_type", "BONUS"), Column("bonus_length", "LENGTH"),
                    ])))
    }

    /// One object: its dnode, what it holds as far as this version knows the type, its blocks with `-v`.
    func showObject(_ number: UInt64, in dataset: String) throws(PoolError) {
        let set = try objectSet(named: dataset)
        let object: DMUObject
        do {
            object = try set.object(number)
        } catch {
            throw .object(error)
        }
        output.section(
            Section(
                type: "object", title: "Object \(number) of \(dataset)", .record(object.row)))
        for problem in object.dnode.problems {
            pool.notes.damage("\(dataset), object \(number)", "\(problem)")
        }
        showContents(of: object, dataset: dataset)
        if verbosity > 0 { showBlocks(of: object, dataset: dataset) }
    }

    func objectSet(named name: String) throws(PoolError) -> ObjectSet {
        let tree = name == "mos" ? nil : try pool.datasets()
        guard let tree, let dataset = try find(name, in: tree) else { return pool.meta.set }
        return try pool.objectSet(of: dataset)
    }

    private func showBlocks(of object: DMUObject, dataset: String) {
        var rows: [Record] = []
        object.forEachBlockPointer(includingHoles: false) { step in
            switch step {
            case .pointer(let pointer, let level, let index):
                var row = Record(["level": .number(UInt64(level)), "index": .number(index)])
                let pointerText = "\(pointer)"
                row.add("pointer", .text(pointerText))
                rows.append(row)
            case .damaged(let error, _, _):
                pool.notes.damage("\(dataset), object \(object.number)", "\(error)")
            }
        }
        output.section(
            Section(
                type: "block", title: "Blocks",
                .table(rows, columns: [Column("level"), Column("index"), Column("pointer")])))
    }
}

extension DMUObject {
    /// The facts of an object that zdb -dddd shows on one line, and its bonus.
    var row: Record {
        Record([
            "object": .number(number), "object_type": .text("\(type)"),
            "levels": .number(UInt64(dnode.levels)),
            "indirect_block": .bytes(UInt64(dnode.indirectBlockSize)),
            "data_block": .bytes(UInt64(dnode.dataBlockSize)),
            "used": .bytes(dnode.usedBytes), "dnode": .bytes(UInt64(dnode.byteCount)),
            "size": .bytes(byteCount), "bonus_type": .text("\(dnode.bonusType)"),
            "bonus_length": .bytes(UInt64(dnode.bonusLength)),
            "checksum": .text("\(dnode.checksum)"), "compression": .text("\(dnode.compression)"),
            "maximum_block": .number(dnode.maximumBlockID),
        ])
    }
}
