import Bytes
import Datasets
import Files
import Objects
import Vdevs

extension DumpReport {
    /// The objects of an object set as a table, with a summary by type in front.
    func showObjects(of set: ObjectSet, dataset: String) {
        let isListed = verbosity > 0
        var rows: [Record] = []
        var counts: [String: (objects: UInt64, bytes: UInt64)] = [:]
        set.forEachDnode { visit in
            switch visit {
            case .object(let object):
                let type = "\(object.type)"
                counts[type, default: (0, 0)].objects += 1
                counts[type, default: (0, 0)].bytes &+= object.dnode.usedBytes
                if isListed { rows.append(object.record) }
            case .damaged(let numbers, let error):
                pool.notes.damage(
                    "\(dataset), objects \(numbers.lowerBound) to \(numbers.upperBound)",
                    "\(error)", code: .dnodeUnreadable)
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
        guard isListed else { return }
        output.section(
            Section(
                type: "object", title: "Objects",
                .table(
                    rows,
                    columns: [
                        Column("object"), Column("levels"),
                        Column("indirect_block_size", "INDIRECT"),
                        Column("data_block_size", "BLOCK"), Column("used"),
                        Column("dnode_size", "DNODE"), Column("length"),
                        Column("full_percent", "FULL %"), Column("type"),
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
                type: "object", title: "Object \(number) of \(dataset)", .record(object.record)))
        for problem in object.dnode.problems {
            pool.notes.damage("\(dataset), object \(number)", "\(problem)", code: .dnodeField)
        }
        showContents(of: object, dataset: dataset)
        if verbosity > 0 { showBlocks(of: object, dataset: dataset) }
    }

    func objectSet(named name: String) throws(PoolError) -> ObjectSet {
        guard !PoolItem(dataset: name).isMeta else { return pool.meta.set }
        return try contents.objectSet(of: try contents.dataset(named: name))
    }

    private func showBlocks(of object: DMUObject, dataset: String) {
        output.section(
            Section(
                type: "block", title: "Blocks",
                .table(
                    object.treeRecords(),
                    columns: [
                        Column("level"), Column("index"), Column("offset"), Column("kind"),
                        Column("logical_size", "LSIZE"), Column("physical_size", "PSIZE"),
                        Column("compression"), Column("checksum_algorithm", "CHECKSUM"),
                        Column("logical_birth", "BIRTH"), Column("fill"),
                        Column("addresses") { $0.addressText }, Column("damaged"),
                    ])))
    }
}

extension Record.Value {
    /// A list of addresses as zdb writes them.
    fileprivate var addressText: String {
        guard case .list(let values) = self else { return text }
        return values.map { value in
            guard case .record(let record) = value else { return value.text }
            let parts = ["vdev", "offset", "allocated_size"].map { name -> String in
                switch record[name] {
                case .offset(let number), .bytes(let number): String(number, radix: 16)
                case let other: other?.text ?? "-"
                }
            }
            return parts.joined(separator: ":")
        }.joined(separator: " ")
    }
}
