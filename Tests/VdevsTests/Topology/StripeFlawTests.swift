import Bytes
import Testing
import Vdevs

/// What can't be about the numbers of a RAID-Z or dRAID, by the rules of `vdev_raidz_init`, `vdev_draid_init` and
/// `raidz_reflow_scratch_sync`.
@Suite struct StripeFlawTests {
    /// A raidz1 of that many children, ashift 12, as a label has it.
    private func raidz(
        _ children: Int = 4, grown: [UInt64] = [], isExpanding: Bool = false
    ) -> VdevConfig {
        var list: NVList = [
            ConfigKey.type: .string("raidz"), ConfigKey.id: .uint64(0), ConfigKey.guid: .uint64(9),
            ConfigKey.parity: .uint64(1), ConfigKey.ashift: .uint64(12),
            ConfigKey.asize: .uint64(64 << 20), ConfigKey.children: Self.leaves(children),
        ]
        if isExpanding { list.pairs.append(NVPair(ConfigKey.raidzExpanding, .boolean)) }
        if !grown.isEmpty {
            list.pairs.append(NVPair(ConfigKey.raidzExpansionTxgs, .uint64Array(grown)))
        }
        return VdevConfig(list)
    }

    private static func leaves(_ count: Int) -> NVValue {
        .listArray(
            (0..<count).map { index in
                [
                    ConfigKey.type: .string("file"), ConfigKey.id: .uint64(UInt64(index)),
                    ConfigKey.guid: .uint64(UInt64(100 + index)),
                ]
            })
    }

    @Test(
        "groups in which a RAID-Z grew are in order, no further ahead than a commit is, and leave children",
        arguments: [
            ([], false, 0), ([40], false, 0), ([40], true, 0), ([40, 41], false, 0),
            // raidz_reflow_complete_sync lets it count from the third group after its own.
            ([103], false, 0), ([104], false, 1), ([41, 40], false, 1), ([40, 40], false, 1),
            ([40, 41, 42], false, 1), ([40, 41], true, 1), ([200, 40, 41], false, 3),
        ] as [([UInt64], Bool, Int)])
    func order(grown: [UInt64], isExpanding: Bool, flawCount: Int) {
        let top = raidz(grown: grown, isExpanding: isExpanding)
        #expect(top.expansionFlaws(newest: TransactionGroup(100)).count == flawCount)
    }

    @Test(
        "an expansion has come to a sector of its vdev, by way of the area in front of the data",
        arguments: [
            (0, 0, 0), (4, 4096, 0), (4, 64 << 20, 0), (2, 14 << 20, 0), (1, 14 << 20, 0),
            (4, (64 << 20) + 4096, 1), (4, 512, 1), (0, 4096, 1), (1, 0, 1),
            (1, (14 << 20) + (4 << 12), 1), (4, (64 << 20) + 512, 2),
        ] as [(UInt64, UInt64, Int)])
    func progress(state: UInt64, offset: UInt64, flawCount: Int) {
        let reflow = RaidzReflow(word: state << 55 | offset >> 9)
        #expect(raidz(isExpanding: true).flaws(of: reflow).count == flawCount)
        #expect(raidz().flaws(of: reflow) == [])
    }

    /// draid2:4d:11c:1s is what `TestPools/draid2` has.
    @Test(
        "the numbers of a dRAID fill its children",
        arguments: [
            (4, 1, 5, nil, nil), (4, 1, 7, nil, "groups do not fill"),
            (0, 1, 5, nil, "is a dRAID of 0 data"), (4, 101, 5, nil, "101 spares"),
            (4, 1, 5, 4, "4 in a failure group"), (4, 1, 5, 11, nil), (4, 1, 5, 0, "0 in a"),
            (9, 1, 10, nil, "groups do not fill"), (.max, .max, .max, .max, "is a dRAID of"),
        ] as [(UInt64, UInt64, UInt64, UInt64?, String?)])
    func draid(data: UInt64, spares: UInt64, groups: UInt64, children: UInt64?, flaw: String?) {
        var list: NVList = [
            ConfigKey.type: .string("draid"), ConfigKey.id: .uint64(0), ConfigKey.guid: .uint64(9),
            ConfigKey.parity: .uint64(2), ConfigKey.draidData: .uint64(data),
            ConfigKey.draidSpares: .uint64(spares), ConfigKey.draidGroups: .uint64(groups),
            ConfigKey.children: Self.leaves(11),
        ]
        if let children {
            list.pairs.append(NVPair(ConfigKey.draidChildren, .uint64(children)))
        }
        let found = VdevConfig(list).stripeFlaw
        #expect((found == nil) == (flaw == nil), "\(found ?? "none")")
        #expect(flaw.map { found?.contains($0) ?? false } ?? true, "\(found ?? "none")")
    }
}
