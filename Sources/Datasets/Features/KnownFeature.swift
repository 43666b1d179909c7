/// A feature flag that this version knows by name.
///
/// A pool names its features by GUID strings such as `com.delphix:hole_birth`. Mirrors
/// `zfeature_info_t` (`include/zfeature_common.h`).
package struct KnownFeature: Sendable, Hashable {
    /// The name on disk, with the domain of its author.
    package let guid: String
    /// The short name: `zpool get feature@NAME`.
    package let name: String
    package let traits: Traits
    /// The short names of the features that it builds on.
    package let dependencies: [String]
    /// A few words on what it changes.
    package let purpose: String

    init(
        _ guid: String, _ name: String, _ traits: Traits, needs dependencies: [String],
        _ purpose: String
    ) {
        self.guid = guid
        self.name = name
        self.traits = traits
        self.dependencies = dependencies
        self.purpose = purpose
    }

    /// What a feature asks of a reader and a writer (`zfeature_flags_t`).
    package struct Traits: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A reader that does not know it reads the pool right all the same.
        package static let readOnlyCompatible = Traits(rawValue: 1)
        /// Without it not even the MOS can be read, so the labels list it too.
        package static let neededForMOS = Traits(rawValue: 2)
        /// Enabling it makes it active at once.
        package static let activeOnceEnabled = Traits(rawValue: 4)
        /// Its count is the number of datasets that use it, each of which says so itself.
        package static let perDataset = Traits(rawValue: 8)
        /// `zpool upgrade` leaves it alone.
        package static let notByUpgrade = Traits(rawValue: 16)
        /// A dataset that uses it keeps a list of snapshot GUIDs, not a mere mark.
        package static let listsSnapshots = Traits(rawValue: 32)
    }

    /// The feature of that GUID string, if this version knows it.
    package static func named(guid: String) -> KnownFeature? {
        all.first { $0.guid == guid }
    }
}
