import Files

extension ManifestEntry {
    /// Flags that say something to a user, unlike those that ZFS keeps its own books with.
    private static let userFlags: [FileFlags] = [
        .readOnly, .hidden, .system, .archive, .immutable, .noUnlink, .appendOnly, .noDump, .opaque,
        .quarantined, .reparse, .offline, .sparse,
    ]

    /// Notes what a file has that Linux has no place for: an ACL that says more than the mode, flags of other
    /// systems, owners from a Windows domain.
    mutating func noteWhatLinuxLacks(of file: File, _ domains: FUIDTable) {
        let shown = Self.userFlags.filter { file.attributes.flags.contains($0) }
        // Every file that Windows or Samba wrote bears this one, and it says nothing.
        if shown.contains(where: { $0 != .archive }) {
            flags = shown.map(\.description).joined(separator: ",")
        }
        let owners = [file.attributes.user, file.attributes.group]
        if owners.contains(where: { !$0.isPOSIX }) {
            domainOwners = owners.map { domains.text($0) }
        }
        guard !file.attributes.flags.contains(.hasTrivialACL) else { return }
        do {
            guard let list = try file.accessList() else { return }
            nfs4Entries = list.entries.map { $0.text(domains) }
            if let problem = list.problem { note("\(problem)", isLoss: true) }
        } catch {
            note("its ACL can't be read: \(error)", isLoss: true)
        }
    }
}
