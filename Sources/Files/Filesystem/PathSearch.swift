/// The paths of many objects at once, found from them upwards: each directory on the way is read once, however many of them it
/// holds.
///
/// `Filesystem.path(of:)` reads it for each object anew, and says why there is no path where there is none.
package struct PathSearch {
    private struct Link {
        let parent: UInt64
        let name: FileName
    }

    private let filesystem: Filesystem
    private var links: [UInt64: Link] = [:]

    package init(_ filesystem: Filesystem, for objects: some Sequence<UInt64>) {
        self.filesystem = filesystem
        var wanted = Set(objects)
        for _ in 0..<Filesystem.depthLimit where !wanted.isEmpty { wanted = link(wanted) }
    }

    /// The path of one of the objects; nil where its parents do not lead to the root.
    package func path(of object: UInt64) -> [FileName]? {
        var names: [FileName] = []
        var current = object
        while current != filesystem.root {
            guard names.count < Filesystem.depthLimit, let link = links[current] else { return nil }
            names.append(link.name)
            current = link.parent
        }
        return names.reversed()
    }

    /// Finds the names of these; returns the directories that have them and whose own names are not known.
    private mutating func link(_ wanted: Set<UInt64>) -> Set<UInt64> {
        var children: [UInt64: Set<UInt64>] = [:]
        for number in wanted where number != filesystem.root {
            guard let object = try? filesystem.object(number),
                let attributes = try? filesystem.attributes(of: object)
            else { continue }
            children[attributes.parent, default: []].insert(number)
        }
        for (number, children) in children {
            guard let parent = try? filesystem.file(number) else { continue }
            let own = parent.attributes.attributeDirectory
            if children.contains(own) {
                links[own] = Link(parent: number, name: FileName("<xattrdir>"))
            }
            guard let directory = try? parent.directory() else { continue }
            directory.forEachEntry { entry in
                guard children.contains(entry.object), links[entry.object] == nil else { return }
                links[entry.object] = Link(parent: number, name: entry.name)
            }
        }
        return Set(
            children.keys.filter { $0 != 0 && links[$0] == nil && $0 != filesystem.root })
    }
}
