import Bytes
import Datasets
import Vdevs

/// One worker's look at whether all blocks of encrypted datasets say that they are protected, and no others do.
///
/// Everything that an encrypted dataset writes is encrypted or at least authenticated, and none of it is embedded in
/// its pointer. Mirrors `dmu_write_policy` (`module/zfs/dmu.c`).
struct ProtectionRecorder {
    private let context: CheckContext
    /// The objects of encrypted datasets in the MOS.
    private var encrypted: Set<UInt64> = []
    /// The objects of datasets that are known not to be encrypted, and the MOS.
    private var plain: Set<UInt64> = [0]

    init(_ context: CheckContext) {
        self.context = context
        let selection = context.options.selection
        guard selection.includes(.unprotectedBlock) || selection.includes(.pointerInvalid) else {
            plain = []
            return
        }
        let graph = context.dsl.graph(context)
        for dataset in graph.datasets.values {
            guard let directory = graph.directories[dataset.directory], !directory.isUnreadable
            else { continue }
            if directory.fields.cryptoKey != nil {
                encrypted.insert(dataset.object)
            } else {
                plain.insert(dataset.object)
            }
        }
    }

    func visit(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard place.origin == .tree, !pointer.isHole, !pointer.isRedacted else { return }
        if !pointer.isEmbedded, pointer.usesCrypt {
            guard plain.contains(place.objectSet) else { return }
            context.report(
                Problem(
                    .pointerInvalid, at: Location(place, pointer),
                    evidence: Record(["field": "encryption bit", "found": .word(1)])))
        } else if !encrypted.isEmpty, encrypted.contains(place.objectSet) {
            context.report(Problem(.unprotectedBlock, at: Location(place, pointer)))
        }
    }
}
