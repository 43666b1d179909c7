import Bytes
import Synchronization

extension VdevTree {
    /// Tells where the space of a removed vdev was copied to; until then nothing on it can be read.
    ///
    /// The mappings are objects of the MOS, parts of which may lie on vdevs that were removed before; whoever opens a
    /// pool installs the newest removal's first.
    package func installMapping(_ mapping: IndirectMapping, for vdev: UInt32) {
        mappings.withLock { $0[vdev] = mapping }
    }

    /// The mapping of a removed vdev, if it was installed.
    package func mapping(of vdev: UInt32) -> IndirectMapping? {
        mappings.withLock { $0[vdev] }
    }

    /// Where the pieces of a block on a removed vdev lie now; the block itself where the vdev is there.
    package func segments(of dva: DVA, count: Int) throws(VdevError) -> [IndirectSegment] {
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: TransactionGroup(0), depth: 0)
        guard let layout = try top(dva.vdev).layout as? IndirectLayout else {
            return [
                IndirectSegment(
                    blockOffset: 0, byteCount: count, vdev: dva.vdev, offset: dva.offset)
            ]
        }
        return try layout.segments(of: place, count: count)
    }
}
