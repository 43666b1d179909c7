import Bytes
import Devices
import Objects
import Vdevs

/// Finds out how far the expansion of a RAID-Z has come where an uberblock says what can't be.
///
/// It stands nowhere but in uberblocks, but blocks are found either where they were or where they are moved to. So the
/// blocks of the MOS's dnodes, each of which lies in several places, bound it; within the bounds the word of another
/// uberblock is likelier than any other. Mirrors what `vdev_raidz_map_alloc_expanded` and `raidz_reflow_sync`
/// (`module/zfs/vdev_raidz.c`) do with it.
struct ReflowSearch {
    private let root: VdevNode
    private let top: VdevConfig
    private let devices: [GUID: any BlockDevice]
    private let uberblock: Uberblock
    /// All uberblocks, newest first.
    private let all: [Uberblock]
    /// More blocks of dnodes tell nothing new.
    private static let mostBlocks: UInt64 = 256

    /// By which progress blocks are to be read: what the uberblock says, where that can be and its tree is found by it.
    ///
    /// `config` is what the vdevs are said to be, and `root` the tree by which they are read.
    static func progress(
        of uberblock: Uberblock, _ config: VdevConfig, _ root: VdevNode,
        _ devices: [GUID: any BlockDevice], among all: [Uberblock]
    ) -> RaidzReflow {
        guard let search = Self(config, root: root, devices: devices, uberblock, among: all) else {
            return RaidzReflow(word: 0)
        }
        return search.run() ?? uberblock.reflow
    }

    /// Nil where not exactly one RAID-Z of `config` is being expanded; `root` is the tree that is read by.
    private init?(
        _ config: VdevConfig, root: VdevNode, devices: [GUID: any BlockDevice],
        _ uberblock: Uberblock, among all: [Uberblock]
    ) {
        let growing = config.children.filter(\.isExpanding)
        guard growing.count == 1, growing[0].asize != nil else { return nil }
        top = growing[0]
        self.root = root
        self.devices = devices
        self.uberblock = uberblock
        self.all = all
    }

    /// The word by which blocks are found; nil where there is none, and where the first rows are just being moved, which
    /// none but the uberblock itself tells.
    private func run() -> RaidzReflow? {
        let probe = ReflowProbe(root: root, devices: devices, size: top.asize ?? 0)
        guard let set = try? ObjectSet(source: probe, pointer: uberblock.rootPointer) else {
            return nil
        }
        let blocks = set.metaObject
        for index in 0...min(blocks.dnode.maximumBlockID, Self.mostBlocks) {
            _ = try? blocks.block(index)
        }
        let range = probe.range
        guard !range.isEmpty else { return nil }
        if range.contains(uberblock.reflow.offset), top.flaws(of: uberblock.reflow).isEmpty {
            return uberblock.reflow
        }
        let sector = UInt64(1) << min(max(top.ashift ?? 9, 9), 16)
        let own = uberblock.reflow.offset / sector * sector
        let others = all.lazy.map(\.reflow).filter { $0.state != .valid }.map(\.offset)
        let likely = ([own] + others + [range.lowerBound]).first { offset in
            range.contains(offset) && top.flaws(of: ReflowProbe.reflow(at: offset)).isEmpty
        }
        return likely.map(ReflowProbe.reflow(at:))
    }
}
