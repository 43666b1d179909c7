package import Bytes

/// One part of a report: a heading with a record, a table or lines below it.
///
/// Text shows the heading and the form that reads best; JSON prints each record on a line of its own
/// with the section's type as its `type`.
package struct Section: Sendable {
    /// What each record is, as the `type` of its JSON line: `dataset`, `metaslab`.
    package let type: String
    package let title: String
    package let body: Body

    package enum Body: Sendable {
        /// Aligned names and values.
        case record(Record)
        /// A row a record; text shows the columns, JSON all entries.
        case table([Record], columns: [Column])
        /// Each record in full below a line of its own.
        case records([Record], heading: @Sendable (Record) -> String)
        /// A tree drawn with branches, each node's record a row of a table.
        case tree([TreeNode], columns: [Column])
        /// Free text, such as a hex dump, with the record that JSON shows instead.
        case lines([String], Record)
    }

    package init(type: String, title: String, _ body: Body) {
        self.type = type
        self.title = title
        self.body = body
    }
}
