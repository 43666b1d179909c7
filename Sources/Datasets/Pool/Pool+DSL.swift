import Bytes
import Objects

/// What belongs to one dataset.
extension Pool {
    /// The holds on a snapshot, sorted by tag.
    package func holds(on dataset: Dataset) -> [Hold] {
        guard dataset.isSnapshot, dataset.stored.holds != 0 else { return [] }
        return meta.values(of: dataset.stored.holds, "holds on \(dataset.name)")
            .map { Hold(tag: $0.key, time: $0.value.uint64 ?? 0) }
            .sorted { $0.tag < $1.tag }
    }

    /// The bookmarks of a file system or volume, oldest first.
    package func bookmarks(of dataset: Dataset) -> [NamedBookmark] {
        guard let object = dataset.fields.bookmarks, object != 0 else { return [] }
        var bookmarks: [NamedBookmark] = []
        for (name, value) in meta.values(of: object, "bookmarks of \(dataset.name)") {
            let full = "\(dataset.name)#\(name)"
            do throws(FormatError) {
                let words = value.words
                let bookmark = try Bookmark(words: words, minimum: Bookmark.firstFormWords)
                bookmarks.append(
                    NamedBookmark(
                        name: full, bookmark: bookmark,
                        isFirstForm: words.count < Bookmark.byteCount / 8,
                        redaction: redactionList(bookmark, full)))
            } catch {
                notes.damage("bookmark \(full)", "\(error)", code: .bookmarkUnreadable)
            }
        }
        return bookmarks.sorted {
            ($0.bookmark.creationTxg, $0.name) < ($1.bookmark.creationTxg, $1.name)
        }
    }

    private func redactionList(_ bookmark: Bookmark, _ name: String) -> RedactionList? {
        guard bookmark.redactionList != 0 else { return nil }
        do throws(PoolError) {
            return try redactionList(bookmark.redactionList)
        } catch {
            notes.damage("redaction list of \(name)", "\(error)", code: .redactionList)
            return nil
        }
    }

    /// The head of a redaction list; it stands in the spill block where there are many snapshots.
    package func redactionList(_ number: UInt64) throws(PoolError) -> RedactionList {
        let object = try meta.object(number)
        let spill: TreeBlock?
        do {
            spill = try object.spill()
        } catch {
            throw .object(error)
        }
        do {
            if let spill { return try RedactionList(spill.bytes.rawBytes, spill.order) }
            return try RedactionList(object.bonus.rawBytes, object.order)
        } catch {
            throw .format(object: number, error)
        }
    }

    /// The permissions granted on the dataset itself, not those that it gets from above.
    package func delegations(on node: DatasetNode) -> [Delegation] {
        guard node.directory.delegations != 0 else { return [] }
        var delegations: [Delegation] = []
        let grants = meta.values(
            of: node.directory.delegations, "permissions on \(node.name)")
        for (key, value) in grants {
            let names =
                value.uint64.map { meta.values(of: $0, "permissions \(key) on \(node.name)").keys }
            delegations.append(Delegation(key: key, permissions: names.map(Array.init) ?? []))
        }
        return delegations.sorted {
            ("\($0.who)", $0.reach.rawValue) < ("\($1.who)", $1.reach.rawValue)
        }
    }

    /// The deadlist of a dataset; nil where it has none.
    package func deadlist(of dataset: Dataset) throws(PoolError) -> Deadlist? {
        dataset.stored.deadlist == 0 ? nil : try Deadlist(dataset.stored.deadlist, meta)
    }

    /// The livelist of a clone; nil where it has none.
    package func livelist(of node: DatasetNode) throws(PoolError) -> Deadlist? {
        guard let object = node.fields.livelist, object != 0 else { return nil }
        return try Deadlist(object, meta)
    }

    /// The file systems and volumes cloned from a snapshot, sorted by name.
    package func clones(of dataset: Dataset) throws(PoolError) -> [DatasetNode] {
        guard dataset.stored.nextClones != 0 else { return [] }
        let tree = try datasets()
        var clones: [DatasetNode] = []
        for entry in try meta.entries(of: dataset.stored.nextClones, "clones of \(dataset.name)") {
            // The entry names the first state after the snapshot: the clone itself, or its oldest snapshot.
            guard let clone = entry.uint64.flatMap({ tree.dataset(object: $0) }),
                let node = tree.node(of: clone)
            else {
                notes.damage(
                    "clones of \(dataset.name)", "the entry \(entry.name) leads to no dataset",
                    code: .cloneEntry)
                continue
            }
            clones.append(node)
        }
        return clones.sorted { $0.name < $1.name }
    }
}
