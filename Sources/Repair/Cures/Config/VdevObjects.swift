import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The objects that vdevs keep in the MOS for facts of their own, and the list of all of them.
///
/// Where one vdev lacks its object and one listed object has no vdev, they belong together. Otherwise the list follows the
/// vdevs: what they have is on it, and nothing else.
struct VdevObjects: Sendable {
    private let pool: Pool

    init(_ pool: Pool) { self.pool = pool }

    /// A vdev that lacks the object it should have, or names one that is not its own.
    private struct Claim {
        let path: String
        let key: String
    }

    func step(_ problems: [Problem]) -> CureStep? {
        guard !problems.isEmpty, let object = pool.directory.object(.vdevZAPMap),
            let root = pool.config?.root, let config = pool.directory.object(.config),
            let listed = try? pool.meta.zap(object).entries().compactMap(\.uint64)
        else { return nil }
        var owners: [UInt64: Int] = [:]
        for vdev in root.all {
            for number in [vdev.rootZAP, vdev.topZAP, vdev.leafZAP] {
                owners[number ?? 0, default: 0] += 1
            }
        }
        let spare = Set(listed).subtracting(owners.keys).sorted()
        let lacking = claims(below: root, ConfigKey.vdevTree, owners)
        if spare.count == 1, lacking.count == 1 {
            let (number, claim) = (spare[0], lacking[0])
            return CureStep(
                problems, cure: PoolConfigCure.name,
                "Name object \(number) as that of \(claim.path) again, which nothing else has"
            ) { transaction throws(RepairError) in
                try transaction.meta.edit(config) { draft throws(RepairError) in
                    let parts = claim.path.split(separator: ".").map(String.init)
                    let list = try draft.packedList()
                    guard let changed = Self.setting(claim.key, number, in: list, parts[...]) else {
                        throw .changed("there is no \(claim.path) in the pool's configuration")
                    }
                    try draft.replacePackedList(changed)
                }
            }
        }
        let absent = owners.keys.filter { number in
            number != 0 && !listed.contains(number) && (try? pool.meta.object(number)) != nil
        }
        .sorted()
        return listing(problems, object, adding: absent, removing: spare)
    }

    /// The list without what no vdev has, which is freed, and with what it lacks.
    private func listing(
        _ problems: [Problem], _ object: UInt64, adding absent: [UInt64], removing spare: [UInt64]
    ) -> CureStep? {
        guard !absent.isEmpty || !spare.isEmpty else { return nil }
        return CureStep(
            problems, cure: PoolConfigCure.name,
            "Let the list of vdev ZAPs name those that vdevs have: \(absent.count) more, \(spare.count) fewer"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(object) { list throws(RepairError) in
                for number in absent { try list.setWord(String(number, radix: 16), number) }
                for number in spare { try list.removeEntry(String(number, radix: 16)) }
            }
            for number in spare
            where (try? transaction.pool.meta.object(number))?.type == .zapMetadata {
                try transaction.meta.free(number)
            }
        }
    }

    /// The vdevs below one that should have another object than they name.
    private func claims(
        below vdev: VdevConfig, _ path: String, _ owners: [UInt64: Int]
    ) -> [Claim] {
        func isOwn(_ number: UInt64?) -> Bool {
            guard let number, number != 0 else { return false }
            return owners[number] == 1 && (try? pool.meta.object(number)) != nil
        }
        var found: [Claim] = []
        for (index, child) in vdev.children.enumerated() {
            let place = "\(path).\(ConfigKey.children)[\(index)]"
            let isTop = path == ConfigKey.vdevTree && child.kind != .hole && child.kind != .missing
            // An object that two name is the top-level vdev's, which has one of several entries.
            let isShared = (owners[child.topZAP ?? 0] ?? 0) > 1
            if isTop, !isOwn(child.topZAP), !isShared {
                found.append(Claim(path: place, key: ConfigKey.topZAP))
            }
            if child.isLeaf, child.kind != .distributedSpare, !isOwn(child.leafZAP) {
                found.append(Claim(path: place, key: ConfigKey.leafZAP))
            }
            found += claims(below: child, place, owners)
        }
        return found
    }

    /// The list with a number set in the vdev at `path`: `vdev_tree`, `children[0]`.
    private static func setting(
        _ key: String, _ number: UInt64, in list: NVList, _ path: ArraySlice<String>
    ) -> NVList? {
        var list = list
        guard let part = path.first else {
            list.pairs.removeAll { $0.name == key }
            list.pairs.append(NVPair(key, .uint64(number)))
            return list
        }
        let name = String(part.prefix { $0 != "[" })
        guard let place = list.pairs.firstIndex(where: { $0.name == name }) else { return nil }
        switch list.pairs[place].value {
        case .list(let inner):
            guard let changed = setting(key, number, in: inner, path.dropFirst()) else {
                return nil
            }
            list.pairs[place].value = .list(changed)
        case .listArray(var inner):
            guard let index = Int(part.dropFirst(name.count + 1).dropLast()),
                inner.indices.contains(index),
                let changed = setting(key, number, in: inner[index], path.dropFirst())
            else { return nil }
            inner[index] = changed
            list.pairs[place].value = .listArray(inner)
        default: return nil
        }
        return list
    }
}
