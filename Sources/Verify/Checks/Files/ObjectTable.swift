import Synchronization

/// What a check remembers of each object of a file system: 18 bytes, in columns by object number.
///
/// The parts of the table are made for the blocks of dnodes that exist, so that a number that damage made up costs
/// nothing. Ten million files take 180 MB.
final class ObjectTable: Sendable {
    /// Log2 of the object numbers in one part: what one indirect block of 128 KiB leads to.
    static let shift: UInt64 = 15
    /// Bytes for each object number.
    static let entryByteCount = 18

    let parts: [Part]
    private let places: [UInt64: Int]

    /// `counts` has for each part, by its number, how many object numbers it holds.
    init(_ counts: [UInt64: Int]) {
        let sorted = counts.sorted { $0.key < $1.key }
        parts = sorted.map { Part(first: $0.key << Self.shift, count: $0.value) }
        places = Dictionary(
            uniqueKeysWithValues: sorted.enumerated().map { ($0.element.key, $0.offset) })
    }

    private func part(of number: UInt64) -> Part? {
        places[number >> Self.shift].map { parts[$0] }
    }

    /// What is known of an object; empty where it is free.
    subscript(_ number: UInt64) -> ObjectEntry {
        part(of: number)?.entry(number) ?? ObjectEntry()
    }

    /// Changes what is known of an object, and returns it; empty where there can't be one.
    @discardableResult
    func update(_ number: UInt64, _ change: (inout ObjectEntry) -> Void) -> ObjectEntry {
        part(of: number)?.update(number, change) ?? ObjectEntry()
    }
}

extension ObjectTable {
    /// The objects of neighbouring numbers.
    final class Part: Sendable {
        let first: UInt64
        /// How many numbers it has room for.
        let count: Int
        private let columns: Mutex<Columns>

        private struct Columns {
            var states: [ObjectEntry.State]
            var kinds: [UInt8]
            var links: [UInt32]
            var names: [UInt32]
            var parents: [UInt64]

            subscript(_ index: Int) -> ObjectEntry {
                get {
                    ObjectEntry(
                        state: states[index], kind: kinds[index], links: links[index],
                        names: names[index], parent: parents[index])
                }
                set {
                    states[index] = newValue.state
                    kinds[index] = newValue.kind
                    links[index] = newValue.links
                    names[index] = newValue.names
                    parents[index] = newValue.parent
                }
            }
        }

        init(first: UInt64, count: Int) {
            self.first = first
            self.count = count
            columns = Mutex(
                Columns(
                    states: Array(repeating: [], count: count),
                    kinds: Array(repeating: 0, count: count),
                    links: Array(repeating: 0, count: count),
                    names: Array(repeating: 0, count: count),
                    parents: Array(repeating: 0, count: count)))
        }

        /// The highest number that it has room for.
        var last: UInt64 { first + UInt64(count) - 1 }

        func entry(_ number: UInt64) -> ObjectEntry {
            guard let index = index(number) else { return ObjectEntry() }
            return columns.withLock { $0[index] }
        }

        func update(_ number: UInt64, _ change: (inout ObjectEntry) -> Void) -> ObjectEntry {
            guard let index = index(number) else { return ObjectEntry() }
            return columns.withLock { columns in
                var entry = columns[index]
                change(&entry)
                columns[index] = entry
                return entry
            }
        }

        private func index(_ number: UInt64) -> Int? {
            guard number >= first, number - first < UInt64(count) else { return nil }
            return Int(truncatingIfNeeded: number - first)
        }
    }
}
