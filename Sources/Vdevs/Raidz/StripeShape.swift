/// How the sectors of one block fill columns: data runs down one column after the other.
///
/// Mirrors the quotient, remainder and big columns of `vdev_raidz_map_alloc` (`module/zfs/vdev_raidz.c`).
struct StripeShape: Sendable, Hashable {
    /// Columns that a long block would take, parity included.
    let width: Int
    let parity: Int
    /// Sectors in every column.
    private let full: Int
    /// Columns, parity included, that have one more.
    private let big: Int
    /// Sectors of data and parity.
    let total: Int

    init(sectors: Int, width: Int, parity: Int) {
        precondition(width > parity && parity >= 0 && sectors >= 0, "no data columns")
        self.width = width
        self.parity = parity
        full = sectors / (width - parity)
        let rest = sectors % (width - parity)
        big = rest == 0 ? 0 : rest + parity
        total = sectors + parity * (full + (rest == 0 ? 0 : 1))
    }

    /// Rows of sectors.
    var rows: Int { full + (big == 0 ? 0 : 1) }
    /// Columns that hold anything.
    var columns: Int { full == 0 ? big : width }

    /// How many sectors a column has.
    func height(of column: Int) -> Int { full + (column < big ? 1 : 0) }

    /// Which sector of the block a data column begins with; 0 for parity.
    func firstSector(of column: Int) -> Int {
        guard column > parity else { return 0 }
        return (column - parity) * full + min(column, max(big, parity)) - parity
    }
}
