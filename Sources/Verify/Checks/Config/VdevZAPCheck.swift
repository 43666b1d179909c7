import Bytes
import Datasets
import Objects
import Vdevs

/// The objects for facts of single vdevs: each in the list of all, each of one vdev, with a class that exists.
struct VdevZAPCheck: Check {
    static let kinds: [ProblemKind] = [.configVdevZAP, .configBias]

    func run(_ context: CheckContext) {
        let pool = context.pool
        guard let root = pool.config?.root else { return }
        let meta = MetaObjects(pool.meta.set, notes: PoolNotes())
        var owners: [UInt64: String] = [:]
        for vdev in root.all {
            for object in [vdev.rootZAP, vdev.topZAP, vdev.leafZAP].compactMap(\.self)
            where object != 0 {
                if let other = owners[object] {
                    context.report(Self.problem(object, "\(vdev.name) and \(other) have it"))
                }
                owners[object] = vdev.name
            }
        }
        checkBias(root, meta, context)
        guard let list = pool.directory.object(.vdevZAPMap) else { return }
        guard let entries = try? meta.entries(of: list, "vdev ZAPs") else {
            return context.leaveUnchecked("the list of vdev ZAPs", "it can't be read")
        }
        let listed = Set(entries.compactMap(\.uint64))
        for object in owners.keys.sorted() where !listed.contains(object) {
            context.report(Self.problem(object, "it is missing from the list (object \(list))"))
        }
        for object in listed.sorted() where owners[object] == nil {
            context.report(Self.problem(object, "no vdev has it"))
        }
    }

    private func checkBias(_ root: VdevConfig, _ meta: MetaObjects, _ context: CheckContext) {
        for top in root.children {
            let zap = VdevZAP(top.topZAP, meta, top.name)
            guard let bias = zap.values["org.zfsonlinux:allocation_bias"]?.string,
                !["log", "special", "dedup"].contains(bias)
            else { continue }
            var place = Location()
            place.vdev = top.id
            place.objectSet = 0
            place.object = top.topZAP
            context.report(
                Problem(.configBias, at: place, evidence: Record(["found": .text(bias)])))
        }
    }

    private static func problem(_ object: UInt64, _ cause: String) -> Problem {
        var place = Location()
        place.objectSet = 0
        place.object = object
        return Problem(.configVdevZAP, at: place, evidence: Record(["cause": .text(cause)]))
    }
}
