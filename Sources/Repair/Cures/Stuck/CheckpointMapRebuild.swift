import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The space map of what a vdev keeps only for the checkpoint, which is to be written anew.
///
/// The checkpoint goes on, and can be rewound to or discarded, as if nothing had happened.
struct CheckpointMapRebuild: Sendable {
    let problems: [Problem]
    private let vdev: VdevConfig
    private let kept: [Range<UInt64>]

    /// One for each vdev whose map problems are about; empty where the checkpoint can't be walked.
    static func all(_ problems: [Problem], _ pool: Pool, _ context: CheckContext) -> [Self] {
        let own = Dictionary(
            grouping: problems.filter { $0.kind == .checkpointMap && $0.location.vdev != nil }
        ) { $0.location.vdev ?? 0 }
        guard !own.isEmpty, let survey = CheckpointSurvey(context) else { return [] }
        return pool.rootConfig.children.enumerated().compactMap { index, config in
            let number = config.id ?? UInt64(index)
            guard let problems = own[number], let vdev = UInt32(exactly: number) else {
                return nil
            }
            return Self(problems: problems, vdev: config, kept: survey.kept[vdev] ?? [])
        }
    }

    var step: CureStep {
        CureStep(
            problems, cure: StuckCure.name, as: .rebuild,
            "Write down anew what \(vdev.name) keeps for the checkpoint: \(kept.count) runs", apply)
    }

    @Sendable private func apply(to transaction: inout Transaction) throws(RepairError) {
        let pool = transaction.pool
        guard let shift = vdev.ashift, (9...16).contains(shift) else {
            throw .unsupported("\(vdev.name) has no ashift")
        }
        let number = try map(in: &transaction.meta, pool)
        let size = try transaction.meta.object(number).blockSize
        var encoder = SpaceMapEncoder(
            blockSize: size, allowsTwoWords: pool.features.isActive("spacemap_v2"))
        if !kept.isEmpty {
            encoder.appendDebug(.free, txg: transaction.txg.rawValue, syncPass: 1)
        }
        var total: UInt64 = 0
        for run in kept {
            total &+= run.upperBound - run.lowerBound
            try RepairError.format(of: number) { () throws(FormatError) in
                try encoder.append(
                    .free, offset: run.lowerBound >> shift,
                    run: (run.upperBound - run.lowerBound) >> shift)
            }
        }
        let (entries, freed) = (encoder, Int64(clamping: total))
        try transaction.meta.edit(number) { object throws(RepairError) in
            try object.replaceSpaceMap(entries, allocated: -freed)
        }
    }

    /// The map that the vdev's ZAP names, or a new one where that is none.
    private func map(
        in meta: inout ObjectSetDraft, _ pool: Pool
    ) throws(RepairError) -> UInt64 {
        let zap = VdevZAP(vdev.topZAP, pool.meta, vdev.name)
        if let number = zap.checkpointMap, (try? pool.meta.spaceMap(number)) != nil {
            return number
        }
        guard let own = vdev.topZAP, own != 0 else {
            throw .unsupported("\(vdev.name) has no ZAP that could name the map")
        }
        let new = try NewSpaceMap.add(to: &meta, blockSize: 1 << 17, pool)
        try meta.edit(own) { zap throws(RepairError) in
            try zap.setWord(VdevZAP.Name.checkpointMap, new)
        }
        return new
    }
}
