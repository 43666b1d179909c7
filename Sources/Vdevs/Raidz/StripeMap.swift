/// Where the columns of one block lie on the children of a RAID-Z or dRAID.
///
/// Mirrors `raidz_map_t` (`include/sys/vdev_raidz_impl.h`).
struct StripeMap: Sendable, Hashable {
    /// Offsets beyond it are on no device; keeps all arithmetic on offsets far from its limits.
    static let maximumOffset: UInt64 = 1 << 62
    /// Twice the largest block that a pointer can tell of.
    static let maximumByteCount = 1 << 26

    /// Parity columns of each row; they come first.
    let parity: Int
    /// The bytes of a sector of the vdev.
    let sectorByteCount: Int
    /// One row for a RAID-Z, up to two for a dRAID, one for each row of sectors of an expanded RAID-Z.
    var rows: [Row]

    /// Columns that parity joins (`raidz_row_t`).
    struct Row: Sendable, Hashable {
        var columns: [Column]
        /// The height of the parity columns in bytes; a shorter data column counts as if zeros followed it.
        var byteCount: Int { columns.first?.byteCount ?? 0 }
    }

    /// Consecutive sectors on one child (`raidz_col_t`).
    struct Column: Sendable, Hashable {
        var child: Int
        /// Bytes from the start of the device.
        var offset: UInt64
        /// 0 where the block ends before this column.
        var byteCount: Int
        /// Where a data column's bytes stand in the block; 0 for parity.
        var blockOffset: Int
    }

    /// One column of one row, by their indices.
    struct Cell: Sendable, Hashable {
        let row: Int
        let column: Int
    }

    subscript(cell: Cell) -> Column { rows[cell.row].columns[cell.column] }

    /// What a column is to its block.
    func role(of cell: Cell) -> DeviceLocation.Role {
        cell.column < parity
            ? .parity(cell.column)
            : .dataColumn(cell.column, blockOffset: UInt64(self[cell].blockOffset))
    }

    /// Every column that takes space, row by row, those of parity only where asked for.
    func cells(withParity: Bool) -> [Cell] {
        var cells: [Cell] = []
        for row in rows.indices {
            let columns = rows[row].columns
            for column in (withParity ? 0 : parity)..<max(parity, columns.count)
            where columns[column].byteCount > 0 {
                cells.append(Cell(row: row, column: column))
            }
        }
        return cells
    }
}
