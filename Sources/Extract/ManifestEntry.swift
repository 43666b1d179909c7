/// What became of one file: a line of the manifest.
package struct ManifestEntry: Sendable, Hashable, Codable {
    /// How a copy went.
    package enum State: String, Sendable, Hashable, Codable {
        /// All that the pool has of it is there.
        case complete
        /// Some of it could not be read; bytes that are missing are zeros.
        case incomplete
        /// There is no copy, since the pool could not be read.
        case failed
        /// There is no copy, since the target did not take it.
        case refused
    }

    package var type = "entry"
    package var dataset: String
    /// In the dataset, from its root; bytes that are no UTF-8 are written `\xNN`. Empty for a volume.
    package var path: String
    /// Below the target, where that is another.
    package var written: String?
    package var object: UInt64
    /// The transaction group in which the file was made, and its time in nanoseconds; a later run knows by
    /// them that nothing changed.
    package var generation: UInt64
    package var modified: Int64?
    package var kind: String
    package var size: UInt64
    /// Octal, as chmod(1) takes it.
    package var mode: String?
    package var user: UInt32?
    package var group: UInt32?
    /// Major and minor number of a device.
    package var device: String?
    /// Over the copy's contents, holes as zeros; only of files and volumes.
    package var xxh3: String?
    package var state: State
    package var damagedBytes: UInt64?
    /// A sentence for each thing that went wrong.
    package var problems: [String]?
    /// What the copy does not bear since the target or the user's rights do not allow it.
    package var notSet: [String]?
    /// Extended attributes that could not be set, in base64 by their names.
    package var keptAttributes: [String: String]?
    /// The entries of an ACL that says more than the mode, which no target can hold.
    package var nfs4Entries: [String]?
    /// Flags that Linux has no place for, such as `hidden`.
    package var flags: String?

    /// User and group where one of them belongs to a Windows domain; the copy has the last part of the SID.
    package var domainOwners: [String]?

    /// Whether the user lacks the right to make such a file; not written, since the next one may have it.
    package var isForbidden = false

    enum CodingKeys: String, CodingKey {
        case type, dataset, path, written, object, generation, modified, kind, size, mode, state
        case problems, flags, device
        case user = "uid"
        case group = "gid"
        case xxh3 = "xxh3_128"
        case damagedBytes = "damaged_bytes"
        case notSet = "not_set"
        case keptAttributes = "xattrs"
        case nfs4Entries = "nfs4_acl"
        case domainOwners = "owners"
    }

    package init(
        dataset: String, path: String, object: UInt64, kind: String, size: UInt64 = 0,
        generation: UInt64 = 0, state: State = .complete
    ) {
        self.dataset = dataset
        self.path = path
        self.object = object
        self.kind = kind
        self.size = size
        self.generation = generation
        self.state = state
    }
}
