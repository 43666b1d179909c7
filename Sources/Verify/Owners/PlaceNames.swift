import Bytes
import Datasets
import Devices
import Files
import Objects

/// What people call the objects that problems are about: dataset and path.
///
/// A check knows an object by its numbers; names are looked up once, for what is told. They stay beside the problems, which
/// must be the same ones whatever a file is called.
package struct PlaceNames: Sendable {
    private struct Place: Hashable, Sendable {
        let objectSet: UInt64
        let object: UInt64
    }

    private struct Name: Sendable {
        let dataset: String
        let path: String?
    }

    private var names: [Place: Name] = [:]
    /// The first names of states, and how many there are.
    private struct Sharers: Sendable {
        var names: [String] = []
        var count = 0

        mutating func add(_ name: String) {
            count += 1
            if names.count < mostSharers { names.append(name) }
        }
    }

    /// The later states that have lost a block too, by where it is told of.
    private var sharers: [Location: Sharers] = [:]

    /// Objects whose names are looked up; a longer report would be read by nobody.
    private static let most = 4096
    /// Names that anybody reads of one block.
    private static let mostSharers = 16

    package init() {}

    init(_ pool: Pool, for problems: [Problem], _ interruption: Interruption) {
        guard !problems.isEmpty, let tree = try? pool.datasets() else { return }
        let places = problems.lazy.flatMap { [$0] + $0.consequences }.compactMap {
            Self.place($0.location)
        }
        let objects = Dictionary(grouping: Set(places.prefix(Self.most)), by: \.objectSet)
        for (set, places) in objects where !interruption.isRequested {
            guard let dataset = tree.dataset(object: set) else { continue }
            let paths = Self.paths(places.map(\.object).filter { $0 != 0 }, in: dataset, of: pool)
            for place in places {
                names[place] = Name(dataset: dataset.name, path: paths[place.object])
            }
        }
        findSharers(pool, problems, interruption)
    }

    private static func paths(
        _ objects: [UInt64], in dataset: Dataset, of pool: Pool
    ) -> [UInt64: String] {
        guard !objects.isEmpty, let set = try? pool.objectSet(of: dataset),
            set.type == .filesystem, let filesystem = try? Filesystem(set)
        else { return [:] }
        let search = PathSearch(filesystem, for: objects)
        return Dictionary(
            objects.compactMap { object in
                search.path(of: object).map { (object, Filesystem.text($0)) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func findSharers(
        _ pool: Pool, _ problems: [Problem], _ interruption: Interruption
    ) {
        var later = LaterStates(pool)
        var blocks: [LaterStates.Block] = []
        var locations: [Location] = []
        var known: Set<Location> = []
        for location in problems.lazy.filter({ $0.kind.isLossOfBlock }).map(\.location).prefix(
            Self.most) where known.insert(location).inserted
        {
            guard !interruption.isRequested else { return }
            guard let place = BlockPlace(location), let pointer = later.pointer(at: place) else {
                continue
            }
            blocks.append(LaterStates.Block(pointer, at: place))
            locations.append(location)
        }
        later.forEachState(
            sharing: blocks, isCancelled: { interruption.isRequested },
            { sharers[locations[$0], default: Sharers()].add($1.name) })
    }

    /// The problem with the names of its place, and of those where it shows too.
    package func named(_ problem: Problem) -> Problem {
        guard !names.isEmpty else { return problem }
        var evidence = problem.evidence
        if let sharers = sharers[problem.location] {
            evidence.add("also_in", .list(sharers.names.map { .text($0) }))
            if sharers.count > Self.mostSharers {
                evidence.add("also_in_count", .number(UInt64(sharers.count)))
            }
        }
        var named = Problem(problem.kind, at: named(problem.location), evidence: evidence)
        named.owners = problem.owners
        named.consequences = problem.consequences.map(self.named(_:))
        named.alsoAt = problem.alsoAt
        return named
    }

    private func named(_ location: Location) -> Location {
        guard let place = Self.place(location), let name = names[place] else { return location }
        var location = location
        location.dataset = location.dataset ?? name.dataset
        location.path = location.path ?? name.path
        return location
    }

    /// Where a dataset is told of, and perhaps an object in it; the meta object set has no names.
    private static func place(_ location: Location) -> Place? {
        guard let set = location.objectSet, set != 0 else { return nil }
        return Place(objectSet: set, object: location.object ?? 0)
    }
}
