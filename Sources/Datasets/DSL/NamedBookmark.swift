package import Bytes

/// A bookmark with its full name, and its redaction list where it has one.
package struct NamedBookmark: Sendable {
    /// `tank/home#mark`.
    package let name: String
    package let bookmark: Bookmark
    /// Whether it has the form before `bookmark_v2`.
    package let isFirstForm: Bool
    package let redaction: RedactionList?

    package var record: Record {
        var record = Record(["name": .text(name)])
        for entry in bookmark.record.entries { record.add(entry.name, entry.value) }
        record.add("redaction", redaction.map { .record($0.record) })
        return record
    }
}
