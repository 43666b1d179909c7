/// The parity of one row of columns, and columns from parity.
///
/// Columns are words of equal number; a byte of parity depends only on the bytes at its own place in the data
/// columns, so the order of bytes in a word does not matter. Parity 0 (P) is the sum of all data columns, 1 (Q) the sum of
/// each times a power of 2, 2 (R) of each times a power of 4; the last column has the power 0. Mirrors
/// `vdev_raidz_generate_parity_pqr` and `vdev_raidz_reconstruct_general` (`module/zfs/vdev_raidz.c`).
enum RaidzMath {
    /// The most parity columns a row can have (`VDEV_RAIDZ_MAXPARITY`).
    static let maximumParity = 3
    /// The most columns a row can have, since the powers of 2 repeat after 255.
    static let maximumColumns = 255

    /// Parity column `number` of these data columns; one that is nil counts as zeros.
    static func parity(_ number: Int, of data: [[UInt64]?], wordCount: Int) -> [UInt64] {
        var sum = [UInt64](repeating: 0, count: wordCount)
        for column in data {
            for _ in 0..<number {
                for index in sum.indices { sum[index] = GaloisField.double(sum[index]) }
            }
            if let column {
                for index in sum.indices { sum[index] ^= column[index] }
            }
        }
        return sum
    }

    /// The lost data columns, in the order of `lost`, from the others and as many of the parity columns.
    ///
    /// - Parameters:
    ///   - lost: the indices of the data columns to find; what `data` holds there is not looked at.
    ///   - parity: the parity columns that can be trusted, with their numbers; at least as many as are lost.
    static func reconstruct(
        _ lost: [Int], data: [[UInt64]?], parity: [(number: Int, words: [UInt64])], wordCount: Int
    ) -> [[UInt64]] {
        precondition(lost.count <= parity.count, "more columns lost than parity is left")
        var known = data
        for index in lost { known[index] = nil }
        var syndromes: [[UInt64]] = []
        var matrix: [[UInt8]] = []
        for (number, words) in parity.prefix(lost.count) {
            var syndrome = Self.parity(number, of: known, wordCount: wordCount)
            for index in syndrome.indices { syndrome[index] ^= words[index] }
            syndromes.append(syndrome)
            matrix.append(lost.map { GaloisField.power(of: number * (data.count - 1 - $0)) })
        }
        return inverted(matrix).map { row in
            var column = [UInt64](repeating: 0, count: wordCount)
            for (factor, syndrome) in zip(row, syndromes) where factor != 0 {
                for index in column.indices {
                    column[index] ^= GaloisField.multiply(syndrome[index], by: factor)
                }
            }
            return column
        }
    }

    /// The inverse of a square matrix of parity factors, by Gauss's and Jordan's method.
    ///
    /// It always exists: the factors of different columns are different powers of one number.
    private static func inverted(_ matrix: [[UInt8]]) -> [[UInt8]] {
        let size = matrix.count
        var left = matrix
        var right = (0..<size).map { row in (0..<size).map { $0 == row ? UInt8(1) : 0 } }
        for pivot in 0..<size {
            guard let row = (pivot..<size).first(where: { left[$0][pivot] != 0 }) else {
                preconditionFailure("two data columns have the same factors")
            }
            left.swapAt(pivot, row)
            right.swapAt(pivot, row)
            let factor = GaloisField.inverse(left[pivot][pivot])
            for column in 0..<size {
                left[pivot][column] = GaloisField.multiply(left[pivot][column], factor)
                right[pivot][column] = GaloisField.multiply(right[pivot][column], factor)
            }
            for row in 0..<size where row != pivot && left[row][pivot] != 0 {
                let factor = left[row][pivot]
                for column in 0..<size {
                    left[row][column] ^= GaloisField.multiply(left[pivot][column], factor)
                    right[row][column] ^= GaloisField.multiply(right[pivot][column], factor)
                }
            }
        }
        return right
    }
}
