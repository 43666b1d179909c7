/// Checked arithmetic for numbers from disk.
///
/// Inlinable, because a generic function of another module is not specialised otherwise.
extension FixedWidthInteger {
    /// `self + other`, or `Overflow`.
    @inlinable
    package func adding(_ other: Self) throws(Overflow) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        guard !overflow else { throw Overflow() }
        return sum
    }

    /// `self - other`, or `Overflow`.
    @inlinable
    package func subtracting(_ other: Self) throws(Overflow) -> Self {
        let (difference, overflow) = subtractingReportingOverflow(other)
        guard !overflow else { throw Overflow() }
        return difference
    }

    /// `self * other`, or `Overflow`.
    @inlinable
    package func times(_ other: Self) throws(Overflow) -> Self {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        guard !overflow else { throw Overflow() }
        return product
    }
}

extension UInt64 {
    /// The smallest multiple of `1 << shift` that is not below this number, or `Overflow`.
    @inlinable
    package func roundedUp(toShift shift: UInt8) throws(Overflow) -> UInt64 {
        guard shift < 64 else { throw Overflow() }
        let mask = (UInt64(1) << UInt64(shift)) - 1
        return try adding(mask) & ~mask
    }
}
