/// Decides whether a name that was asked for is the name of a directory entry.
///
/// ZFS compares names in a normal form, with case folded where the file system is insensitive to it, but
/// stores and shows them as given. Unicode's current tables are used; those of ZFS are of version 5, which
/// matters for characters only that were assigned later. Mirrors `zap_match` and `zfs_match_find`.
package struct NameMatcher: Sendable {
    package let sensitivity: CaseSensitivity
    package let normalization: Normalization

    package init(sensitivity: CaseSensitivity, normalization: Normalization) {
        self.sensitivity = sensitivity
        self.normalization = normalization
    }

    /// Only the same bytes are the same name.
    package var isExact: Bool { sensitivity != .insensitive && normalization == .none }

    /// The form in which names are compared; nil where the name is not UTF-8, so that only its own bytes
    /// match it.
    package func key(_ name: FileName) -> FileName? {
        guard let text = name.text else { return nil }
        // Case is folded first, as `u8_textprep_str` does.
        let folded = sensitivity == .insensitive ? Self.uppercased(text) : text
        return FileName(normalization.apply(to: folded))
    }

    /// Each character's upper case where that is one character, as the simple mapping of Unicode is.
    private static func uppercased(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let mapping = scalar.properties.uppercaseMapping.unicodeScalars
            if let upper = mapping.first, mapping.count == 1 {
                folded.append(upper)
            } else {
                folded.append(scalar)
            }
        }
        return String(folded)
    }
}
