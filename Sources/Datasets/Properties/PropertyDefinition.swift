/// What is known of a native property of file systems, volumes and snapshots: its kind, default, inheritance.
///
/// Mirrors `zprop_desc_t` (`include/zfs_prop.h`) as `zfs_prop_init` (`module/zcommon/zfs_prop.c`) fills it on
/// Linux.
package struct PropertyDefinition: Sendable {
    package let name: String
    package let kind: Kind
    /// What holds where nothing is set.
    package let standard: PropertyValue
    package let inheritance: Inheritance
    /// The kinds of dataset that have it.
    package let kinds: DatasetKinds

    init(
        _ name: String, _ kind: Kind, _ standard: PropertyValue, _ inheritance: Inheritance,
        _ kinds: DatasetKinds
    ) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.inheritance = inheritance
        self.kinds = kinds
    }

    package enum Kind: Sendable {
        case number
        case text
        /// A number that stands for a name.
        case index(PropertyIndex)
    }

    /// `zprop_attr_t`.
    package enum Inheritance: Sendable {
        /// A dataset without a value of its own takes its parent's.
        case inherited
        /// A dataset without a value of its own takes the default.
        case own
        /// Set when the dataset is made and never again.
        case once
        /// Set when the dataset is made, or the default.
        case onceOrDefault
    }

    /// The property of that name; nil for user properties and unknown ones.
    package static func named(_ name: String) -> PropertyDefinition? {
        byName[name]
    }

    private static let byName = Dictionary(
        all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The value as zfs(8) prints it with `-p`.
    package func text(of value: PropertyValue) -> String {
        switch (kind, value) {
        case (.index(let index), .number(let number)): index.name(of: number) ?? String(number)
        case (.number, .number(.max)) where standard == .number(.max): "none"
        default: value.description
        }
    }
}
