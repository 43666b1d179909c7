package import Bytes

/// Whether the numbers that say where the blocks of a RAID-Z or dRAID lie can be.
///
/// Mirrors what `vdev_raidz_init` (`module/zfs/vdev_raidz.c`) and `vdev_draid_init` (`module/zfs/vdev_draid.c`) refuse or
/// rely on.
extension VdevConfig {
    /// The names of these numbers.
    package static let stripeKeys = [
        ConfigKey.parity, ConfigKey.raidzExpanding, ConfigKey.raidzExpansionTxgs,
        ConfigKey.draidData, ConfigKey.draidSpares, ConfigKey.draidGroups, ConfigKey.draidChildren,
    ]

    /// Groups that are on their way at once (`TXG_CONCURRENT_STATES`): an expansion counts from the one after them.
    private static let concurrentGroups: UInt64 = 3

    /// Why no RAID-Z or dRAID can be read by these numbers, a half sentence that follows "the vdev"; nil where one can, and
    /// for vdevs of other kinds.
    package var stripeFlaw: String? {
        guard kind == .raidz || kind == .draid else { return nil }
        let node = VdevNode(self)
        do throws(VdevError) {
            if kind == .draid {
                _ = try DraidGeometry.judged(node, id: 0)
            } else {
                let members = node.children.map { Member.absent($0.name) }
                _ = try RaidzGeometry(
                    node, id: 0, ashift: 9, members: members, reflow: RaidzReflow(word: 0))
            }
            return nil
        } catch {
            guard case .geometry(_, let what) = error else { return "\(error)" }
            return what
        }
    }

    /// What can't be about the groups in which a RAID-Z grew; `newest` is the pool's newest group.
    package func expansionFlaws(newest: TransactionGroup) -> [String] {
        guard kind == .raidz else { return [] }
        var flaws: [String] = []
        let txgs = expansionTxgs
        if zip(txgs, txgs.dropFirst()).contains(where: { $0 >= $1 }) {
            flaws.append("the groups in which it grew are not in order")
        }
        if let last = txgs.max(), last.rawValue > newest.rawValue &+ Self.concurrentGroups {
            flaws.append("it grew in txg \(last), and the newest is \(newest)")
        }
        let grown = txgs.count + (isExpanding ? 1 : 0)
        if grown > 0, UInt64(children.count) <= parity &+ UInt64(grown) {
            flaws.append(
                "it grew \(grown) times, which leaves nothing of its \(children.count) children")
        }
        return flaws
    }

    /// What can't be about how far the expansion of this RAID-Z has come.
    ///
    /// Mirrors the states that `raidz_reflow_scratch_sync` and `raidz_reflow_sync` leave in an uberblock.
    package func flaws(of reflow: RaidzReflow) -> [String] {
        guard isExpanding else { return [] }
        var flaws: [String] = []
        if let size = asize, reflow.offset > size {
            flaws.append("\(reflow.offset) of its \(size) bytes are done")
        }
        if let shift = ashift, (9...16).contains(shift), reflow.offset % (1 << shift) != 0 {
            flaws.append("it has come to byte \(reflow.offset), which is no sector's first")
        }
        let width = UInt64(children.count)
        switch reflow.state {
        case .notInUse:
            if reflow.offset != 0 {
                flaws.append("\(reflow.offset) bytes are done, and none was begun with")
            }
        case .valid:
            if width == 0 || reflow.offset == 0 || reflow.offset % width != 0
                || reflow.offset / width > RaidzGeometry.bootSize
            {
                flaws.append(
                    "the area in front of the data is said to hold \(reflow.offset) bytes of \(width) devices"
                )
            }
        default:
            if !reflow.state.isKnown {
                flaws.append("the area in front of the data has a state that does not exist")
            }
        }
        return flaws
    }
}
