import Blocks
import Bytes
import Devices
import Objects
import TestSupport
import Testing
import Vdevs

/// A pool of one device, opened by the shortest way there is, so that objects can be tested by themselves.
struct OpenedPool {
    let reader: BlockReader
    let mos: ObjectSet

    /// The object sets of all datasets and snapshots, by the number of their dataset object.
    let datasets: [UInt64: BlockPointer]

    init(device path: String) throws {
        let device = try FileDevice(path: path)
        let node = VdevNode(.file, id: 0, guid: GUID(1), ashift: 9)
        let root = VdevNode(.root, id: 0, guid: GUID(2), children: [node])
        reader = BlockReader(vdevs: VdevTree(root: root, devices: [GUID(1): device]))
        mos = try ObjectSet(source: reader, pointer: try Self.newestRoot(device))
        datasets = try Self.findDatasets(mos)
    }

    func objectSet(_ dataset: UInt64) throws -> ObjectSet {
        if dataset == 0 { return mos }
        return try ObjectSet(source: reader, pointer: try #require(datasets[dataset]))
    }

    /// The root block pointer of the uberblock with the highest txg in the first label.
    private static func newestRoot(_ device: FileDevice) throws -> BlockPointer {
        let ring = try device.read(at: 128 << 10, count: 128 << 10)
        var best: (txg: UInt64, root: BlockPointer)?
        for slot in stride(from: 0, to: ring.count, by: 1024) {
            for order in ByteOrder.allCases {
                let magic: UInt64 = try ring.rawBytes.integer(at: slot, order)
                let txg: UInt64 = try ring.rawBytes.integer(at: slot + 16, order)
                guard magic == 0xbab10c, txg > best?.txg ?? 0 else { continue }
                best = (txg, try BlockPointer(ring.rawBytes, at: slot + 40, order))
            }
        }
        return try #require(best).root
    }

    /// Every object whose bonus is a `dsl_dataset_phys_t` with a block pointer.
    private static func findDatasets(_ mos: ObjectSet) throws -> [UInt64: BlockPointer] {
        var datasets: [UInt64: BlockPointer] = [:]
        mos.forEachDnode { visit in
            guard case .object(let object) = visit, object.dnode.bonusType == .dslDataset else {
                return
            }
            let pointer = try? BlockPointer(object.bonus.rawBytes, at: 128, object.order)
            if let pointer, !pointer.isHole { datasets[object.number] = pointer }
        }
        return datasets
    }
}
