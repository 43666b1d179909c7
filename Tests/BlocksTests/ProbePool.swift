import Blocks
import Bytes
import Devices
import Objects
import TestSupport
import Testing
import Vdevs

/// A real pool, put together from the first labels of its devices as simply as can be.
struct ProbePool {
    let root: VdevNode
    let devices: [GUID: any BlockDevice]
    let uberblock: BlockPointer
    let reflow: RaidzReflow

    /// Opens the pool `name` of a test archive, or the only one.
    init(_ pool: TestPool, name: String? = nil) throws {
        var tops: [UInt64: (txg: UInt64, node: VdevNode)] = [:]
        var devices: [GUID: any BlockDevice] = [:]
        var best: (txg: UInt64, pointer: BlockPointer, reflow: UInt64)?
        for path in try pool.devicePaths() {
            guard let device = try? FileDevice(path: path), device.byteCount > 8 << 20 else {
                continue
            }
            let bytes = try device.read(at: 16 << 10, count: 112 << 10)
            guard let list = try? NVList.decode(bytes.rawBytes).list,
                let tree = list.list("vdev_tree"), let guid = list.guid("guid"),
                let txg = list.uint64("txg"), txg > 0, name == nil || list.string("name") == name
            else { continue }
            let node = VdevNode(VdevConfig(tree))
            if tops[node.id].map({ $0.txg < txg }) ?? true { tops[node.id] = (txg, node) }
            devices[guid] = device
            let slot = 1 << max(10, min(13, node.ashift))
            let ring = try device.read(at: 128 << 10, count: 128 << 10)
            for offset in stride(from: 0, to: 128 << 10, by: slot) {
                let magic: UInt64 = try ring.rawBytes.integer(at: offset, .little)
                let order: ByteOrder = magic == 0xbab10c ? .little : .big
                guard order.native(magic.littleEndian) == 0xbab10c || magic == 0xbab10c else {
                    continue
                }
                let txg: UInt64 = try ring.rawBytes.integer(at: offset + 16, order)
                guard txg > best?.txg ?? 0 else { continue }
                best = (
                    txg, try BlockPointer(ring.rawBytes, at: offset + 40, order),
                    try ring.rawBytes.integer(at: offset + 208, order)
                )
            }
        }
        let found = try #require(best, "no uberblock in \(pool)")
        root = VdevNode(.root, guid: GUID(0), children: tops.values.map(\.node))
        self.devices = devices
        uberblock = found.pointer
        reflow = RaidzReflow(word: found.reflow)
    }

    /// A reader of the pool with these devices changed or, where nil, missing.
    func reader(changing changes: [GUID: (any BlockDevice)?] = [:]) -> BlockReader {
        var devices = devices
        for (guid, device) in changes { devices[guid] = device }
        return BlockReader(vdevs: VdevTree(root: root, devices: devices, reflow: reflow))
    }

    /// What a walk over a whole pool met.
    struct Census {
        var pointers = 0
        var failures: [String] = []
        var incidents = 0
        var sealed = 0
    }

    /// Reads every block that the uberblock leads to: the MOS, and all datasets and snapshots.
    func census(_ reader: BlockReader, metadataOnly: Bool = false) throws -> Census {
        var census = Census()
        let mos = try ObjectSet(source: reader, pointer: uberblock)
        census.pointers += 1
        read(mos, reader, &census, metadataOnly: metadataOnly)
        var pointers: Set<BlockPointer> = []
        try mos.forEachDnode { (visit) throws(FormatError) in
            guard case .object(let object) = visit, object.dnode.bonusType == .dslDataset else {
                return
            }
            let pointer = try BlockPointer(object.bonus.rawBytes, at: 128, object.order)
            if !pointer.isHole { pointers.insert(pointer) }
        }
        for pointer in pointers {
            do {
                let set = try ObjectSet(source: reader, pointer: pointer)
                census.pointers += 1
                read(set, reader, &census, metadataOnly: metadataOnly)
            } catch {
                census.failures.append("\(error)")
            }
        }
        return census
    }

    private func read(
        _ set: ObjectSet, _ reader: BlockReader, _ census: inout Census, metadataOnly: Bool
    ) {
        read(set.metaObject, reader, &census, metadataOnly: metadataOnly)
        set.forEachDnode { visit in
            switch visit {
            case .object(let object): read(object, reader, &census, metadataOnly: metadataOnly)
            case .damaged(_, let error): census.failures.append("\(error)")
            }
        }
    }

    private func read(
        _ object: DMUObject, _ reader: BlockReader, _ census: inout Census, metadataOnly: Bool
    ) {
        object.tree.forEachPointer { step in
            switch step {
            case .pointer(let pointer, let level, _):
                census.pointers += 1
                if metadataOnly && level == 0 && !pointer.type.isMetadata { return .into }
                do throws(BlockError) {
                    let outcome = try reader.read(pointer)
                    census.incidents += outcome.incidents.count
                    if outcome.isSealed { census.sealed += 1 }
                } catch {
                    if error.reason == .noKey {
                        census.sealed += 1
                    } else {
                        census.failures.append("object \(object.number): \(error)")
                    }
                }
            case .damaged(let error, _, _): census.failures.append("\(error)")
            }
            return .into
        }
    }
}
