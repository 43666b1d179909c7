import Blocks
import Bytes
import Codecs
import Devices
import Objects
import TestSupport
import Testing
import Vdevs

/// A real pool, put together as simply as can be: labels, uberblock, the MOS's own configuration.
final class ProbePool: Sendable {
    /// The whole tree, as the MOS tells it.
    let root: VdevNode
    let devices: [GUID: any BlockDevice]
    let rootPointer: BlockPointer
    let reflow: RaidzReflow
    let salt: ChecksumSalt?
    private let mappings: [UInt32: IndirectMapping]

    /// What a pool lacks that it must have.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// Opens the pool `name` of a test archive, or the only one.
    init(_ pool: TestPool, name: String? = nil) throws {
        let found = try Self.sets(pool, name: name)
        devices = found.devices
        let best = found.sets.compactMap { $0.bestUberblock() }.sorted { $0.precedes($1) }.last
        guard let best else { throw Missing(description: "no uberblock in \(pool)") }
        rootPointer = best.rootPointer
        reflow = best.reflow
        let labelled = VdevNode(.root, guid: GUID(0), children: Self.tops(found.sets))
        let first = BlockReader(
            vdevs: VdevTree(root: labelled, devices: devices, reflow: best.reflow))
        let mos = try ObjectSet(source: first, pointer: best.rootPointer)
        let directory = try ZAP(try mos.object(1))
        let packed = try mos.object(try directory.lookup("config")?.uint64 ?? 0)
        let bytes = try packed.read(at: 0, count: packed.blockSize)
        guard let tree = try NVList.decode(bytes.rawBytes).list.list("vdev_tree") else {
            throw Missing(description: "no configuration in \(pool)")
        }
        root = VdevNode(VdevConfig(tree))
        salt = ChecksumSalt(try directory.lookup("org.illumos:checksum_salt")?.bytes ?? [])
        mappings = try Self.mappings(VdevConfig(tree), mos)
    }

    /// The labels of the pool's devices, with the devices.
    private static func sets(
        _ pool: TestPool, name: String?
    ) throws -> (sets: [LabelSet], devices: [GUID: any BlockDevice]) {
        var sets: [LabelSet] = []
        var devices: [GUID: any BlockDevice] = [:]
        for path in try pool.devicePaths() {
            guard let device = try? FileDevice(path: path) else { continue }
            let set = LabelSet(device)
            guard let identity = set.identity, let guid = identity.guid, set.vdevTree != nil,
                name == nil || identity.name == name
            else { continue }
            sets.append(set)
            devices[guid] = device
        }
        return (sets, devices)
    }

    /// Each top-level vdev as the newest label tells it.
    private static func tops(_ sets: [LabelSet]) -> [VdevNode] {
        let sorted = sets.sorted {
            ($0.identity?.txg?.rawValue ?? 0) < ($1.identity?.txg?.rawValue ?? 0)
        }
        var tops: [UInt64: VdevNode] = [:]
        for set in sorted {
            if let tree = set.vdevTree { tops[tree.id ?? 0] = VdevNode(tree) }
        }
        return Array(tops.values)
    }

    /// The mappings of removed vdevs; those of these pools all lie on vdevs that are there.
    private static func mappings(
        _ config: VdevConfig, _ mos: ObjectSet
    ) throws -> [UInt32: IndirectMapping] {
        var mappings: [UInt32: IndirectMapping] = [:]
        for child in config.children {
            guard let number = child.indirectObject, let id = child.id else { continue }
            let object = try mos.object(number)
            let header = try IndirectMappingHeader(object.bonus.rawBytes, object.order)
            let bytes = try object.read(
                at: 0, count: Int(header.entryCount) * IndirectMapping.entryByteCount)
            mappings[UInt32(id)] = try IndirectMapping(bytes.rawBytes, object.order)
        }
        return mappings
    }

    /// A reader of the pool with these devices changed or, where nil, missing.
    func reader(changing changes: [GUID: (any BlockDevice)?] = [:]) -> BlockReader {
        var devices = devices
        for (guid, device) in changes { devices[guid] = device }
        let tree = VdevTree(root: root, devices: devices, reflow: reflow)
        for (vdev, mapping) in mappings { tree.installMapping(mapping, for: vdev) }
        let reader = BlockReader(vdevs: tree)
        reader.salt = salt
        return reader
    }

    /// What a walk over a whole pool met.
    struct Census {
        var pointers = 0
        var failures: [String] = []
        var incidents = 0
        var sealed = 0
    }

    /// Reads every block that the uberblock leads to: the MOS, and all datasets and snapshots.
    func census(_ reader: any BlockSource, metadataOnly: Bool = false) throws -> Census {
        var census = Census()
        let mos = try ObjectSet(source: reader, pointer: rootPointer)
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
        _ set: ObjectSet, _ reader: any BlockSource, _ census: inout Census, metadataOnly: Bool
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
        _ object: DMUObject, _ reader: any BlockSource, _ census: inout Census, metadataOnly: Bool
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
