import Bytes
import Vdevs

extension PoolOpening {
    /// Notes what a reader of the pool should know before anything else: features that this version does not
    /// know, and devices that are not there.
    func noteState(_ result: Result) {
        for feature in result.features.unknownForReading {
            notes.damage(
                "feature \(feature.guid)",
                "it is in use and must be known to read the pool right, but this version does not"
                    + " know it" + (feature.description.map { ": \($0)" } ?? ""),
                code: .featureUnknown)
        }
        for feature in result.features.unknownForWriting {
            notes.state(
                "feature \(feature.guid)", "it is in use; this version does not know it",
                code: .featureUnknownForWriting)
        }
        let root = result.config?.root ?? candidate.root
        for top in root.children { noteMissing(top) }
    }

    private func noteMissing(_ top: VdevConfig) {
        guard top.kind != .hole, top.kind != .indirect else { return }
        let missing = top.leaves.filter { leaf in
            leaf.kind != .distributedSpare
                && leaf.guid.map { candidate.devices[$0] == nil } ?? true
        }
        guard !missing.isEmpty else { return }
        let count = missing.count
        let names = missing.prefix(8).map(\.name).joined(separator: ", ")
        let place = "vdev \(top.id.map { "\($0)" } ?? top.name)"
        let what = "\(count) of \(top.leaves.count) devices not found: \(names)"
        if top.isReadable(with: candidate.devices) {
            notes.state(place, what, code: .deviceMissing)
        } else {
            notes.damage(place, what + "; not all of it can be read", code: .devicesInsufficient)
        }
    }
}
