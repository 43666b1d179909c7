import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The configuration that was found for a pool that lost its own, put into its place.
struct LostConfig: Sendable {
    private let pool: Pool

    init(_ pool: Pool) { self.pool = pool }

    /// What cures these problems; nil where none was found.
    func step(_ problems: [Problem]) -> CureStep? {
        guard let found = pool.foundConfig else { return nil }
        let what =
            switch found.place {
            case .renamed: "Give the vdev tree of the pool's configuration its name again"
            case .object(let number):
                "Name object \(number), which holds it, as the pool's configuration"
            case .state(let txg): "Write the pool's configuration anew as txg \(txg) has it"
            }
        return CureStep(problems, cure: PoolConfigCure.name, what) {
            transaction throws(RepairError) in
            guard case .object(let number) = found.place else {
                return try write(found.config.list, into: &transaction.meta)
            }
            try Self.name(number, in: &transaction.meta)
        }
    }

    private static func name(
        _ number: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        try meta.edit(ObjectDirectory.objectNumber) { directory throws(RepairError) in
            try directory.setWord(ObjectDirectory.Key.config.rawValue, number)
        }
    }

    /// Into the object that the directory names, whose blocks may be lost, or into a new one.
    private func write(_ list: NVList, into meta: inout ObjectSetDraft) throws(RepairError) {
        if let number = pool.directory.object(.config),
            (try? pool.meta.object(number))?.type == .packedNVList
        {
            return try meta.edit(number) { object throws(RepairError) in
                try object.clearBlocks()
                try object.replacePackedList(list)
            }
        }
        let number = try meta.add(
            type: .packedNVList, blockSize: Self.blockSize, indirectBlockShift: 17,
            bonusType: .packedNVListSize, bonus: [UInt8](repeating: 0, count: 8))
        try meta.edit(number) { object throws(RepairError) in try object.replacePackedList(list) }
        try Self.name(number, in: &meta)
    }

    /// `SPA_CONFIG_BLOCKSIZE`.
    private static let blockSize = 1 << 14
}
