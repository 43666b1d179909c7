/// One line of a table: what is measured, and how for a block of a size.
struct Row: Sendable {
    let name: String
    /// GB/s for blocks of that many bytes, or nothing where it can't be done.
    let measure: @Sendable (Int) -> Double?
}
