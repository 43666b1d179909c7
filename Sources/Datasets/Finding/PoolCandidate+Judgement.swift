import Bytes
import Vdevs

extension PoolCandidate {
    /// Works out what stands in the way of an import; `sameName` is added by who sees all pools.
    mutating func judge() {
        obstacles = deviceObstacles() + stateObstacles()
        if newestUberblock == nil { obstacles.append(.noUberblock) }
    }

    private func deviceObstacles() -> [ImportObstacle] {
        let present = Set(devices.keys)
        var lost: [String] = []
        var logs: [String] = []
        var unknown: [UInt64] = []
        for top in root.children {
            let health = VdevHealth(of: top, present: present, tops: root.children)
            guard !health.isReadable else { continue }
            if top.kind == .missing {
                unknown.append(top.id ?? .max)
            } else if top.isLog {
                logs.append(Self.title(top))
            } else {
                lost.append(Self.title(top))
            }
        }
        var obstacles: [ImportObstacle] = []
        if !lost.isEmpty { obstacles.append(.devicesMissing(vdevs: lost)) }
        if !unknown.isEmpty { obstacles.append(.vdevsUnknown(unknown)) }
        if !logs.isEmpty { obstacles.append(.logMissing(vdevs: logs)) }
        return obstacles
    }

    private func stateObstacles() -> [ImportObstacle] {
        let identity = identity
        var obstacles: [ImportObstacle] = []
        if let version = identity.version, !(1...28).contains(version), version != 5000 {
            obstacles.append(.version(version))
        }
        let unknown = identity.featuresForRead.filter { KnownFeature.named(guid: $0) == nil }
        if !unknown.isEmpty { obstacles.append(.unknownFeatures(unknown)) }
        switch identity.state {
        case .destroyed: obstacles.append(.destroyed)
        case .active:
            obstacles.append(.notExported(hostname: identity.hostname, hostID: identity.hostID))
        default: break
        }
        return obstacles
    }

    /// How `zpool status` names a top-level vdev: `raidz1-0`, or a device by its path.
    static func title(_ top: VdevConfig) -> String {
        let number = top.id.map { "-\($0)" } ?? ""
        switch top.kind {
        case .raidz: return "raidz\(top.parity)\(number)"
        case .draid: return "draid\(top.parity)\(number)"
        case _ where top.kind.isLeaf: return top.name
        default: return "\(top.kind)\(number)"
        }
    }
}
