/// What the name of a dataset can be. Mirrors `entity_namecheck` (`module/zcommon/zfs_namecheck.c`).
package enum DatasetName {
    /// A whole name, snapshot part included, has at most so many bytes (`ZFS_MAX_DATASET_NAME_LEN` less its NUL).
    package static let longest = 255

    /// Why a part between slashes can't be one; nil where it can.
    ///
    /// Names of ZFS itself begin with `$`, those of a receive or of a snapshot for the moment with `%`.
    package static func flaw(inPart part: String) -> String? {
        let own =
            part.utf8.first.map { $0 == 0x24 || $0 == 0x25 } == true ? part.dropFirst() : part[...]
        if own.isEmpty { return "it is empty" }
        if own == "." || own == ".." { return "it stands for another directory" }
        let bad = own.unicodeScalars.first { !isAllowed($0) }
        guard let bad else { return nil }
        return "it holds the character U+\(String(bad.value, radix: 16, uppercase: true))"
    }

    /// Whether a part of a name may hold the character.
    package static func isAllowed(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", ":", " ": true
        // A user who received a dataset for the moment gets a percent sign inside.
        case "%": true
        default: false
        }
    }
}
