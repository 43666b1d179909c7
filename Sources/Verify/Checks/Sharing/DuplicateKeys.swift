import Codecs
import Datasets

/// Finds the keys that stand twice in the stores of a dedup table, in bounded memory whatever the table's size.
///
/// Keys are reduced to numbers of 64 bits; those of one part at a time are sorted, and numbers that occur twice point to the
/// keys that are then compared in full. Each part costs one pass over the stores, so a table that fits needs one.
struct DuplicateKeys {
    /// Bytes that the numbers of one part may take.
    private let memory: Int
    /// Nobody reads of more.
    private static let mostSuspects = 10_000

    init(memory: Int) { self.memory = memory }

    /// Gives each entry whose key was met before, and its store; `count` is how many entries there are.
    func forEachRepetition(
        in table: DedupTable, _ stores: [DedupStore], count: Int,
        isCancelled: () -> Bool, report: (DedupEntry, DedupStore) -> Void
    ) {
        let suspects = suspects(in: table, stores, count: count, isCancelled)
        guard !suspects.isEmpty, !isCancelled() else { return }
        var seen: Set<DedupKey> = []
        for store in stores {
            // What can't be read was noted in the first pass.
            try? table.forEachEntry(of: store) { entry in
                guard suspects.contains(Self.number(of: entry.key)) else { return }
                if !seen.insert(entry.key).inserted { report(entry, store) }
            }
        }
    }

    private func suspects(
        in table: DedupTable, _ stores: [DedupStore], count: Int, _ isCancelled: () -> Bool
    ) -> Set<UInt64> {
        // Sorting takes as much again.
        let perPart = max(32, memory / 16)
        let parts = UInt64(clamping: max(1, (count + perPart - 1) / perPart))
        var suspects: Set<UInt64> = []
        var numbers: [UInt64] = []
        var scratch: [UInt64] = []
        for part in 0..<parts where !isCancelled() {
            numbers.removeAll(keepingCapacity: true)
            for store in stores {
                try? table.forEachEntry(of: store) { entry in
                    let number = Self.number(of: entry.key)
                    if number % parts == part { numbers.append(number) }
                }
            }
            RadixSort.sort(&numbers, scratch: &scratch)
            for place in numbers.indices.dropFirst() where numbers[place] == numbers[place - 1] {
                guard suspects.count < Self.mostSuspects else { return suspects }
                suspects.insert(numbers[place])
            }
        }
        return suspects
    }

    /// A number that two keys seldom share; the words of a weak checksum are no such numbers by themselves.
    private static func number(of key: DedupKey) -> UInt64 {
        let sum = key.checksum
        var mixed: UInt64 = 0x9e37_79b9_7f4a_7c15
        for word in [sum.word0, sum.word1, sum.word2, sum.word3, key.properties] {
            mixed = (mixed ^ word) &* 0xff51_afd7_ed55_8ccd
            mixed ^= mixed >> 32
        }
        return mixed
    }
}
