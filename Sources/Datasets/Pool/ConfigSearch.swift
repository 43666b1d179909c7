import Bytes
import Objects
import Vdevs

/// Looks for a configuration of the pool where the one that belongs to the state is lost.
///
/// Labels repeat most of it, but not the objects of the vdevs, without which space can't be accounted for. Only one that
/// agrees with the labels, and names no object that is not there, is taken.
struct ConfigSearch {
    let candidate: PoolCandidate
    let meta: MetaObjects
    let directory: ObjectDirectory
    /// The MOS of older uberblocks, newest first.
    let older: [(txg: TransactionGroup, meta: () -> (MetaObjects, ObjectDirectory)?)]

    func run() -> FoundConfig? {
        if let object = directory.object(.config) {
            if let list = (try? meta.nvlistDecoding(object)).flatMap({ Self.renamed($0.list) }),
                let config = fitting(list)
            {
                return FoundConfig(place: .renamed, config: config)
            }
        } else if let (object, config) = leftObject {
            return FoundConfig(place: .object(object), config: config)
        }
        for state in older {
            guard let (meta, directory) = state.meta(), let object = directory.object(.config),
                let decoding = try? meta.nvlistDecoding(object), decoding.findings.isEmpty,
                let config = fitting(decoding.list)
            else { continue }
            return FoundConfig(place: .state(state.txg), config: config)
        }
        return nil
    }

    /// The list with its one tree of vdevs under the right name.
    private static func renamed(_ list: NVList) -> NVList? {
        guard list[ConfigKey.vdevTree] == nil else { return nil }
        let places = list.pairs.indices.filter { index in
            guard case .list(let inner) = list.pairs[index].value else { return false }
            return VdevConfig(inner).kind == .root
        }
        guard places.count == 1, let place = places.first else { return nil }
        var list = list
        list.pairs[place] = NVPair(ConfigKey.vdevTree, list.pairs[place].value)
        return list
    }

    /// The one object with a configuration that fits.
    private var leftObject: (UInt64, PoolConfig)? {
        var found: [(UInt64, PoolConfig)] = []
        meta.set.forEachDnode { visit in
            guard case .object(let object) = visit, object.type == .packedNVList,
                let decoding = try? meta.nvlistDecoding(object.number),
                decoding.findings.isEmpty, let config = fitting(decoding.list)
            else { return }
            found.append((object.number, config))
        }
        return found.count == 1 ? found.first : nil
    }

    /// The configuration where it is of this pool, has the top-level vdevs that the labels tell of as they tell them,
    /// and names no object that is not there.
    private func fitting(_ list: NVList) -> PoolConfig? {
        let config = PoolConfig(list)
        guard config.identity.poolGUID == candidate.guid, let root = config.root else { return nil }
        let told = candidate.root.children.filter { $0.kind != .missing && $0.kind != .hole }
        let areKnown = told.allSatisfy { top in
            root.children.contains { own in
                own.guid == top.guid && own.id == top.id && own.ashift == top.ashift
                    && own.metaslabArray == top.metaslabArray
                    && Set(own.leaves.map(\.guid)) == Set(top.leaves.map(\.guid))
            }
        }
        let areThere = root.all.allSatisfy { vdev in
            [
                vdev.dtl, vdev.metaslabArray, vdev.indirectObject, vdev.indirectBirths,
                vdev.rootZAP, vdev.topZAP, vdev.leafZAP,
            ].allSatisfy { number in
                guard let number, number != 0 else { return true }
                return (try? meta.object(number)) != nil
            }
        }
        return areKnown && areThere ? config : nil
    }
}
