import Bytes
package import Datasets
package import Devices
import FoundationEssentials
package import Vdevs
package import Verify

/// A zpool.cache file that is to be written anew, with the entry of one pool as the pool is now.
///
/// It is no part of a pool, so it goes by no transaction: the old file is kept under another name, which is all that it
/// takes to go back. Mirrors `spa_write_cachefile` (`module/zfs/spa_config.c`).
package struct CacheFileRepair: Sendable {
    package static let name = "cachefile"
    package static let summary =
        "writes the entry of the pool in the file of --cachefile anew, and keeps the old file"

    /// What is wrong with the file.
    package let problems: [Problem]
    package let action: RepairAction
    /// The pool's state by its labels, with which ZFS would drop the entry again; nil where it is in use.
    package let stateInTheWay: PoolState?
    private let path: String
    /// Where the old file goes; nil where there is none.
    private let keptPath: String?
    private let bytes: [UInt8]

    /// Nil where the file has all that it should have of the pool.
    ///
    /// Throws where it can't be read, or the pool's configuration does not tell what belongs there.
    package init?(_ path: String, of pool: Pool, _ opener: DeviceOpener) throws(RepairError) {
        let exists = FileManager.default.fileExists(atPath: path)
        var old = OldFile()
        if exists { old = try OldFile(path, pool, opener) }
        guard !exists || !old.problems.isEmpty || !old.hasPool else { return nil }
        self.path = path
        stateInTheWay = pool.candidate.state.flatMap { $0 == .active ? nil : $0 }
        problems = old.problems
        keptPath = exists ? Self.free("\(path).before-\(pool.txg)") : nil
        let file = NVList(old.kept + [NVPair(pool.name, .list(try Self.entry(of: pool)))])
        bytes = try RepairError.format(of: nil) { () throws(FormatError) in
            try file.encodedNative(order: old.order)
        }
        action = RepairAction(
            cure: Self.name, repair: old.lost.isEmpty ? .rebuild : .discard,
            what: exists
                ? "Write \(path) anew with the entry of \(pool.name) as the pool is now"
                : "Write \(path) with the entry of \(pool.name)",
            codes: Set(problems.map(\.kind.code)).sorted(),
            losses: old.lost.map {
                RepairLoss("the entry of \($0) in \(path), which an import makes anew")
            })
    }

    /// A name that nothing has yet.
    private static func free(_ path: String) -> String {
        var number = 1
        var name = path
        while FileManager.default.fileExists(atPath: name) {
            number += 1
            name = "\(path)-\(number)"
        }
        return name
    }

    /// The pool's own configuration, as of a pool that is imported, with the devices where they are.
    private static func entry(of pool: Pool) throws(RepairError) -> NVList {
        guard var list = pool.config?.list,
            var tree = list.list(ConfigKey.vdevTree),
            pool.notes.all.allSatisfy({ $0.code != .listDamaged })
        else {
            throw .unsupported(
                "the configuration of \(pool.name) is damaged; cure that before the cache file")
        }
        tree = located(tree, pool)
        for index in list.pairs.indices {
            switch list.pairs[index].name {
            case ConfigKey.vdevTree: list.pairs[index].value = .list(tree)
            case ConfigKey.poolState:
                list.pairs[index].value = .uint64(PoolState.active.rawValue)
            default: break
            }
        }
        return list
    }

    /// The vdev with the paths at which its devices were found.
    private static func located(_ vdev: NVList, _ pool: Pool) -> NVList {
        var vdev = vdev
        let device = vdev.guid(ConfigKey.guid).flatMap { pool.candidate.devices[$0] }
        for index in vdev.pairs.indices {
            switch (vdev.pairs[index].name, vdev.pairs[index].value) {
            case (ConfigKey.path, .string):
                // A part of an image has no path of its own.
                guard let device, FileManager.default.fileExists(atPath: device.name) else {
                    continue
                }
                let path = URL(fileURLWithPath: device.name).standardizedFileURL.path
                vdev.pairs[index].value = .string(NVString(path))
            case (ConfigKey.children, .listArray(let children)):
                vdev.pairs[index].value = .listArray(children.map { located($0, pool) })
            default: break
            }
        }
        return vdev
    }

    /// Writes the file; returns where the old one is.
    package func write() throws(RepairError) -> String? {
        let new = Self.free("\(path).new")
        do {
            let file = try OutputFile.create(new)
            try file.write(bytes.rawBytes, at: 0)
            try file.flush()
        } catch {
            throw .device(error)
        }
        do {
            let files = FileManager.default
            if let keptPath {
                if let mode = try files.attributesOfItem(atPath: path)[.posixPermissions] {
                    try files.setAttributes([.posixPermissions: mode], ofItemAtPath: new)
                }
                try files.copyItem(atPath: path, toPath: keptPath)
            }
            try OutputFile.replace(path, by: new)
        } catch {
            OutputFile.discard(new)
            throw .changed("\(path) could not be replaced: \(error)")
        }
        return keptPath
    }
}
