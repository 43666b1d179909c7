import Bytes
import Devices
import Vdevs

extension PoolSelector {
    /// The pool on the devices in a folder.
    func inFolder(_ folder: String) throws(PoolError) -> PoolCandidate {
        let findings = finder.find(in: [folder])
        if let failure = findings.failures.first { throw .device(failure) }
        guard let pool = findings.pools.first else {
            throw .notAPool(Self.nothing(in: folder, findings))
        }
        guard findings.pools.count == 1 else {
            throw .notAPool(
                "\(folder) holds \(findings.pools.count) pools: \(Self.list(findings.pools)); name "
                    + "one of them and the folder with --search")
        }
        return pool.expecting(findings)
    }

    /// The pool that a device or image file belongs to.
    func on(_ path: String) throws(PoolError) -> PoolCandidate {
        let findings = finder.find(in: [path])
        guard let pool = findings.pools.first else {
            throw .notAPool(Self.nothing(on: path, findings))
        }
        guard findings.pools.count == 1 else {
            throw .notAPool(
                "\(path) holds parts of \(findings.pools.count) pools: "
                    + "\(Self.list(findings.pools)); name one of them and the path with --search")
        }
        // What goes by the same GUID beside a detached device is not the pool that it was.
        guard pool.detached == nil, !pool.missing.isEmpty || pool.health == .unavailable else {
            return pool
        }
        let wider = finder.find(
            in: [path] + Self.neighbours(of: path, pool.root) + search, isOptional: true)
        let whole = wider.pools.first { $0.guid == pool.guid } ?? pool
        return whole.expecting(wider)
    }

    /// Where the other devices of a pool may be: beside this one, where its configuration says, and for a
    /// block device wherever the system lists block devices.
    private static func neighbours(of path: String, _ root: VdevConfig) -> [String] {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let isBlockDevice = (try? FileIdentity(path: path).isBlockDevice) ?? false
        return (isBlockDevice ? DeviceFolders.usual : [folder])
            + root.leaves.compactMap(\.path).filter { $0.hasPrefix("/") }
    }

    /// Why there is no pool in a folder.
    private static func nothing(in folder: String, _ findings: PoolFindings) -> String {
        if let device = (findings.caches + findings.spares).first { return aside(device) }
        guard let first = findings.rejected.first else {
            return "\(folder) holds no devices or image files"
        }
        let count = findings.rejected.count
        return count == 1
            ? "\(folder) holds no device of a pool: \(first.reason)"
            : "\(folder) holds no device of a pool among its \(count) files; the first, \(first.reason)"
    }

    private static func nothing(on path: String, _ findings: PoolFindings) -> String {
        if let device = (findings.caches + findings.spares).first { return aside(device) }
        return findings.rejected.first?.reason ?? "\(path) holds no pool"
    }

    /// What a device that belongs to a pool but holds nothing of it is.
    private static func aside(_ device: FoundDevice) -> String {
        let what =
            device.identity.state == .spare
            ? "a hot spare that no pool uses now" : "a cache device, which holds copies only"
        return "\(device.name) is \(what): name another device of its pool"
    }

    /// `tank (GUID 1), dozer (GUID 2)`.
    static func list(_ pools: [PoolCandidate]) -> String {
        pools.map(\.title).joined(separator: ", ")
    }
}

extension PoolCandidate {
    /// Says for each missing device what was found where it should be: a path with the same last part that
    /// belongs to another pool or to none.
    func expecting(_ findings: PoolFindings) -> PoolCandidate {
        var instead: [String: String] = [:]
        for rejected in findings.rejected { instead[Self.last(rejected.path)] = rejected.reason }
        for pool in findings.pools where pool.guid != guid {
            for member in pool.members {
                instead[Self.last(member.name)] =
                    "\(member.name) belongs to another pool, \(pool.title)"
            }
        }
        var copy = self
        copy.missing = missing.map { device in
            MissingDevice(
                guid: device.guid, path: device.path, kind: device.kind, top: device.top,
                instead: device.path.flatMap { instead[Self.last($0)] })
        }
        return copy
    }

    private static func last(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
