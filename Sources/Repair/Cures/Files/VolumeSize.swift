import Datasets
import Files
import Objects
import Vdevs
import Verify

/// The size of a volume that can't be right, and the one that covers all its blocks.
struct VolumeSize: Sendable {
    let problems: [Problem]
    private let objectSet: UInt64
    private let name: String
    private let size: UInt64

    /// Nil where it is no volume, or its objects are not there.
    init?(_ dataset: Dataset, _ set: ObjectSet, _ problems: [Problem]) {
        let own = problems.filter { $0.kind == .volumeSize }
        guard !own.isEmpty, set.type == .volume,
            let data = try? set.object(Volume.dataObject), data.type == .volume,
            let table = try? set.object(Volume.propertiesObject),
            table.type == .volumeProperties,
            let contents = try? ZAPContents(ObjectDraft(table))
        else { return nil }
        let block = UInt64(data.blockSize)
        var end: UInt64 = block
        data.forEachBlockPointer { step in
            guard case .pointer(_, level: 0, let index) = step else { return }
            end = max(end, index >= .max / block - 1 ? .max : (index + 1) * block)
        }
        let stored = contents.entry([UInt8]("size".utf8))?.value.uint64 ?? 0
        // What was cut off is not known; no block may be.
        let rounded =
            stored > UInt64(Int64.max) - block ? 0 : (stored + block - 1) / block * block
        let size = max(rounded, end)
        guard size <= UInt64(Int64.max) else { return nil }
        self.problems = own
        self.size = size
        objectSet = dataset.object
        name = dataset.name
    }

    func action(_ cure: String) -> RepairAction {
        RepairAction(
            cure: cure, repair: .rebuild,
            what: "Set the size of the volume \(name) to \(size), which covers all its blocks",
            codes: Set(problems.map(\.kind.code)).sorted())
    }

    func apply(to transaction: inout Transaction) throws(RepairError) {
        try transaction.editDataset(objectSet) { set throws(RepairError) in
            try set.edit(Volume.propertiesObject) { object throws(RepairError) in
                try object.setWord("size", size)
            }
        }
    }
}
