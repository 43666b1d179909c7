/// What a user names inside a pool: a dataset, or a file or an object of it.
///
/// The forms are those of the command line: `tank/home@snap`, `objset:54`, `mos`, `DATASET:/path`,
/// `DATASET#34`.
package struct PoolItem: Sendable, Hashable {
    /// The name of a dataset or snapshot, `objset:N`, or `mos`.
    package let dataset: String
    package let part: Part

    package enum Part: Sendable, Hashable {
        case whole
        /// An object by its number.
        case object(UInt64)
        /// A path from the root of the file system, which begins with a slash.
        case path(String)
    }

    package init(dataset: String, part: Part = .whole) {
        self.dataset = dataset
        self.part = part
    }

    /// Reads what was typed; nil where it has none of the forms.
    ///
    /// A path may hold anything, `#` and `:/` included. What stands behind `#` and is no number makes the
    /// name of a bookmark.
    package init?(_ text: String) {
        if let mark = text.firstRange(of: ":/") {
            guard mark.lowerBound > text.startIndex else { return nil }
            dataset = String(text[..<mark.lowerBound])
            part = .path(String(text[text.index(before: mark.upperBound)...]))
        } else if let mark = text.lastIndex(of: "#"),
            let number = UInt64(text[text.index(after: mark)...])
        {
            guard mark > text.startIndex else { return nil }
            dataset = String(text[..<mark])
            part = .object(number)
        } else {
            guard !text.isEmpty else { return nil }
            dataset = text
            part = .whole
        }
        guard !dataset.contains(where: \.isNewline) else { return nil }
    }

    /// Whether the meta object set is meant.
    package var isMeta: Bool { dataset == "mos" || dataset == "objset:0" }

    /// The number in `objset:54`.
    var datasetObject: UInt64? {
        dataset.hasPrefix("objset:") ? UInt64(dataset.dropFirst("objset:".count)) : nil
    }
}

extension PoolItem: CustomStringConvertible {
    /// As it is typed.
    package var description: String {
        switch part {
        case .whole: dataset
        case .object(let number): "\(dataset)#\(number)"
        case .path(let path): "\(dataset):\(path)"
        }
    }
}
