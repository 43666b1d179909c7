package import Bytes

extension LabelSet {
    /// How one label differs from the best one.
    package struct Difference: Sendable, Hashable {
        /// The label that differs.
        package let label: Int
        /// The place in the configuration, as `vdev_tree.children[0].path`.
        package let path: String
        /// What the best label holds there; nil where it holds nothing.
        package let expected: NVValue?
        package let found: NVValue?
    }

    /// The fields in which the configurations of readable labels differ from the best one's.
    ///
    /// The txg is left out: a configuration is written to labels 0 and 2 first and to 1 and 3 later, so
    /// that after a power cut two of them may be older (`txgs` tells).
    package var differences: [Difference] {
        guard let best, let expected = best.config.list else { return [] }
        return labels.filter { $0.index != best.index }.flatMap { label in
            let list = label.config.list
            return (list?.differences(from: expected, ignoring: [ConfigKey.poolTxg]) ?? []).map {
                Difference(
                    label: label.index, path: $0.path, expected: $0.right, found: $0.left)
            }
        }
    }

    /// The txg of each label's configuration; nil for a label without one.
    package var txgs: [TransactionGroup?] {
        outcomes.map { $0.label?.config.list?.txg(ConfigKey.poolTxg) }
    }

    /// A slot whose contents are not the same in all labels that are readable.
    package struct SlotDifference: Sendable, Hashable {
        package let slot: Int
        /// The txg of the valid uberblock in each label's slot; nil where there is none.
        package let txgs: [TransactionGroup?]
    }

    /// The slots that hold different uberblocks in different labels, in rings of one slot size; labels
    /// with nothing in them are left out.
    ///
    /// A commit writes the same slot of every label, so all differ only after a failure. The multihost
    /// slot is left out: each sign of life goes to one label.
    package var slotDifferences: [SlotDifference] {
        guard let ring = best?.ring else { return [] }
        let rings = outcomes.map { outcome in
            outcome.label.flatMap {
                $0.ring.slotShift == ring.slotShift && !$0.isEmpty ? $0.ring : nil
            }
        }
        var differences: [SlotDifference] = []
        for index in ring.slots.indices {
            let slots = rings.map { $0.flatMap { index < $0.slots.count ? $0.slots[index] : nil } }
            let isMultihost = slots.contains { $0?.role(in: ring.slots.count) == .multihost }
            let held = Set(slots.compactMap { $0.map { Held($0.validUberblock) } })
            guard held.count > 1, !isMultihost else { continue }
            differences.append(
                SlotDifference(slot: index, txgs: slots.map { $0?.validUberblock?.txg }))
        }
        return differences
    }

    /// An uberblock or none, so that a set can hold it.
    private struct Held: Hashable {
        let uberblock: Uberblock?
        init(_ uberblock: Uberblock?) { self.uberblock = uberblock }
    }
}
