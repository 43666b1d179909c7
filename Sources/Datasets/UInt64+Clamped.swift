extension UInt64 {
    /// Adds, and stays at the largest number where the sum does not fit.
    ///
    /// For totals of what is only shown: a damaged addend must not stop a report.
    package mutating func addClamped(_ other: UInt64) {
        let (sum, overflow) = addingReportingOverflow(other)
        self = overflow ? .max : sum
    }

    /// The product, or the largest number where it does not fit.
    package func timesClamped(_ other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
