/// In which order the columns of a dRAID fall on its children, slice after slice.
///
/// Mirrors `vdev_draid_generate_perms`, `vdev_draid_shuffle_perms`, `vdev_draid_get_perm` and
/// `vdev_draid_permute_id` (`module/zfs/vdev_draid.c`).
struct DraidPermutations: Sendable {
    /// Columns of one permutation: the children of one failure group.
    let children: Int
    /// Failure groups side by side; 1 where the configuration knows no failure domains.
    let groups: Int
    /// The permutations one after the other; `children` child numbers in each.
    let map: [UInt8]

    /// Permutations for a dRAID of `children` times `groups` devices; nothing where no table row has that number.
    init?(children: Int, groups: Int) {
        guard Self.exist(children: children, groups: groups) else { return nil }
        self.children = children
        self.groups = groups
        var random = DraidRandom(seed: Self.table[children - 2].seed)
        var map: [UInt8] = []
        map.reserveCapacity(Self.count(children) * children)
        var row = (0..<children).map { UInt8($0) }
        for _ in 0..<Self.count(children) {
            for index in stride(from: children - 1, to: 0, by: -1) {
                row.swapAt(index, random.next(below: index + 1))
            }
            map += row
        }
        if groups > 1 {
            Self.spread(&map, children, groups, seed: Self.table[children - 2].seed)
        }
        self.map = map
    }

    /// Whether there are permutations of so many.
    static func exist(children: Int, groups: Int) -> Bool {
        children >= 2 && children - 2 < table.count && groups >= 1 && children <= 255 / groups
    }

    /// How many permutations there are before they repeat.
    static func count(_ children: Int) -> Int { children < 32 ? 256 : 512 }

    /// Mixes the devices at the same position of neighbouring failure groups, so that no group holds two devices of
    /// one failure domain.
    private static func spread(
        _ map: inout [UInt8], _ children: Int, _ groups: Int, seed: UInt64
    ) {
        var random = DraidRandom(seed: seed)
        let rows = count(children) / groups * groups
        for first in stride(from: 0, to: rows, by: groups) {
            for position in 0..<children {
                let child = map[first * children + position]
                // Renumbered entries hold that child's number no more, so it is found once in each row.
                let places = (0..<groups).map { group in
                    let start = (first + group) * children
                    return map[start..<start + children].firstIndex(of: child) ?? start
                }
                for group in stride(from: groups - 1, to: 0, by: -1) {
                    map[places[group]] += UInt8(group * children)
                }
                for group in stride(from: groups - 1, to: 0, by: -1) {
                    map.swapAt(places[group], places[random.next(below: group + 1)])
                }
            }
        }
    }

    /// The device on which a column falls in one slice; `slice` counts failure groups one by one.
    func device(slice: UInt64, column: Int) -> Int {
        let columns = UInt64(children)
        let groupCount = UInt64(groups)
        let rows = UInt64(Self.count(children)) / groupCount * groupCount
        let wrapped = slice % (rows * columns)
        let base = Int(wrapped / (columns * groupCount)) * children * groups
        let turn = Int(wrapped % columns)
        guard groups > 1 else { return (Int(map[base + column]) + turn) % children }
        let group = Int(slice % groupCount)
        return Int(map[base + group * children + (column + turn) % children])
    }
}
