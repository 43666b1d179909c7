/// The names of the values of a property that is stored as a number.
///
/// Several names may stand for one number; the first is the one that is printed. Mirrors `zprop_index_t`
/// (`include/zfs_prop.h`).
package struct PropertyIndex: Sendable {
    private let names: [(name: String, value: UInt64)]
    /// Numbers that carry more than the list can name.
    private let other: @Sendable (UInt64) -> String?

    init(
        _ names: KeyValuePairs<String, UInt64>,
        other: @escaping @Sendable (UInt64) -> String? = { _ in nil }
    ) {
        self.names = names.map { (name: $0.key, value: $0.value) }
        self.other = other
    }

    /// The name of `value`, nil where it has none.
    package func name(of value: UInt64) -> String? {
        names.first { $0.value == value }?.name ?? other(value)
    }
}
