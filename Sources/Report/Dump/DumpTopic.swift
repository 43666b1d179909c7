package import Files
package import Vdevs

/// What `dump` is asked to print: a part of the pool, a dataset, an object or a block.
package enum DumpTopic: Sendable, Hashable {
    case part(Part)
    /// The name of a dataset, snapshot or bookmark, or `objset:54`.
    case dataset(String)
    /// `DATASET#34`.
    case object(dataset: String, number: UInt64)
    /// `DATASET:/path`.
    case path(PoolItem)
    /// `VDEV:OFFSET:ASIZE`, offset and size in hexadecimal.
    case block(BlockAddress)

    /// The parts that have a word of their own.
    package enum Part: String, Sendable, CaseIterable {
        case config, uberblocks, features, mos, datasets, properties, history, vdevs, metaslabs
        case spacemaps, ddt, brt, zil, bookmarks, errors, scan
    }

    /// Reads a WHAT of the command line; nil where it can be none of them.
    ///
    /// A word stands for its part, so that a pool called `history` is reached as `objset:N`. An address that is no
    /// whole number of sectors is none that a block can have.
    package init?(_ text: String) {
        if let part = Part(rawValue: text) {
            self = .part(part)
            return
        }
        if let address = BlockAddress(text) {
            guard address.isWholeSectors else { return nil }
            self = .block(address)
            return
        }
        guard let item = PoolItem(text) else { return nil }
        switch item.part {
        case .path: self = .path(item)
        case .object(let number): self = .object(dataset: item.dataset, number: number)
        case .whole:
            guard !text.contains(where: \.isWhitespace) else { return nil }
            self = .dataset(text)
        }
    }
}

extension DumpTopic: CustomStringConvertible {
    /// The topic as it is typed.
    package var description: String {
        switch self {
        case .part(let part): part.rawValue
        case .dataset(let name): name
        case .object(let dataset, let number): "\(dataset)#\(number)"
        case .path(let item): "\(item)"
        case .block(let address): "\(address)"
        }
    }
}
