import Datasets
import Vdevs

/// One worker's look at whether all blocks of encrypted datasets say that they are protected.
///
/// Everything that an encrypted dataset writes is encrypted or at least authenticated, and none of it is embedded in
/// its pointer. Mirrors `dmu_write_policy` (`module/zfs/dmu.c`).
struct ProtectionRecorder {
    private let context: CheckContext
    /// The objects of encrypted datasets in the MOS.
    private let encrypted: Set<UInt64>

    init(_ context: CheckContext) {
        self.context = context
        guard context.options.selection.includes(.unprotectedBlock),
            let tree = try? context.pool.datasets()
        else {
            encrypted = []
            return
        }
        let nodes = tree.nodes.filter { $0.fields.cryptoKey != nil }
        encrypted = Set(
            nodes.flatMap { node in
                ((node.head.map { [$0] } ?? []) + node.snapshots).map(\.object)
            })
    }

    func visit(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard !encrypted.isEmpty, !pointer.usesCrypt, place.origin == .tree,
            encrypted.contains(place.objectSet), !pointer.isHole, !pointer.isRedacted
        else { return }
        var location = Location(place)
        location.txg = pointer.birth
        if !pointer.isEmbedded {
            location.vdev = UInt64(pointer.dva(0).vdev)
            location.offset = pointer.dva(0).offset
            location.size = pointer.dva(0).allocatedSize
        }
        context.report(Problem(.unprotectedBlock, at: location))
    }
}
