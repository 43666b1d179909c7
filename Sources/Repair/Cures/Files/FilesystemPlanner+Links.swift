import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// Links, parents, files without names and files that wait to be freed.
extension FilesystemPlanner {
    mutating func planParents() {
        for problem in problems(.directorySize) {
            guard let directory = problem.location.object else { continue }
            steps.append(
                FileStep([problem], "Count the entries of \(place(problem))") {
                    draft throws(RepairError) in draft.recount(directory)
                })
        }
        for problem in problems(.linkCount) { planLinks(problem) }
        for problem in problems(.parentMismatch) + problems(.parentStale) {
            guard let object = problem.location.object else { continue }
            let parent = object == filesystem.root ? object : names[object].first?.directory
            guard let parent else { continue }
            steps.append(
                FileStep([problem], "Let \(place(problem)) say that it is in directory \(parent)") {
                    draft throws(RepairError) in
                    try draft.setAttribute(.parent, of: object, parent)
                })
        }
        for problem in problems(.directoryNamedTwice) { planSeveralNames(problem) }
        for problem in problems(.directoryLoop) { planLoop(problem) }
    }

    private mutating func planLinks(_ problem: Problem) {
        guard let object = problem.location.object,
            let expected = problem.evidence["expected"]?.unsigned,
            let found = problem.evidence["found"]?.unsigned,
            let type = try? set.object(object).type
        else { return }
        let isQueued = expected == 0
        steps.append(
            FileStep([problem], "Set the links of \(place(problem)) from \(found) to \(expected)") {
                draft throws(RepairError) in
                if type == .directory, !isQueued {
                    draft.recount(object)
                } else {
                    try draft.setAttribute(.links, of: object, expected)
                }
            })
    }

    /// Keeps the name in the directory that the directory itself says it is in.
    private mutating func planSeveralNames(_ problem: Problem) {
        guard let object = problem.location.object, let file = try? set.object(object),
            let attributes = try? filesystem.attributes(of: file)
        else { return }
        let own = names[object]
        let hasNone =
            object == filesystem.root || object == filesystem.sharesDirectory
            || attributes.flags.contains(.isExtendedAttribute)
        var kept: Int?
        if !hasNone { kept = own.firstIndex { $0.directory == attributes.parent } ?? 0 }
        let surplus = own.indices.filter { $0 != kept }.map { own[$0] }
        guard !surplus.isEmpty else { return }
        let parent = kept.map { own[$0].directory }
        steps.append(
            FileStep(
                [problem], "Leave \(place(problem)) one name",
                losses: surplus.map { name in
                    RepairLoss(
                        dataset: dataset.name, object: object, path: problem.location.path,
                        "the second name \(FileName(name.bytes)) in directory \(name.directory) is taken away"
                    )
                }
            ) { draft throws(RepairError) in
                for name in surplus { draft.change(name.directory, .remove(name.bytes)) }
                if let parent, parent != attributes.parent {
                    try draft.setAttribute(.parent, of: object, parent)
                }
            })
    }

    private mutating func planLoop(_ problem: Problem) {
        guard let object = problem.location.object else { return }
        let own = names[object]
        guard !own.isEmpty else { return }
        steps.append(
            FileStep(
                [problem], as: .rebuild,
                "Move the directory in \(place(problem)), which lies below itself, to lost+found"
            ) { draft throws(RepairError) in
                for name in own { draft.change(name.directory, .remove(name.bytes)) }
                try draft.rescue(object)
            })
    }

    mutating func planOrphans() {
        for problem in problems(.orphan) {
            guard let object = problem.location.object, !named.contains(object) else { continue }
            if let step = reattach(object, problem) {
                steps.append(step)
                continue
            }
            steps.append(
                FileStep(
                    [problem],
                    "Link \(place(problem)), which has no name, into lost+found as #\(object)"
                ) { draft throws(RepairError) in
                    let flags = try draft.attributes(of: object).flags ?? 0
                    // Attributes of a file that nobody knows are plain files from now on.
                    if flags & FileFlags.isExtendedAttribute.rawValue != 0 {
                        try draft.setAttribute(
                            .flags, of: object, flags & ~FileFlags.isExtendedAttribute.rawValue)
                    }
                    try draft.rescue(object)
                })
        }
    }

    /// Gives a directory of extended attributes back to the file that it says it belongs to, where that lacks its own.
    private func reattach(_ object: UInt64, _ problem: Problem) -> FileStep? {
        guard let file = try? set.object(object),
            let attributes = try? filesystem.attributes(of: file),
            attributes.flags.contains(.isExtendedAttribute), attributes.kind == .directory,
            let owner = try? filesystem.file(attributes.parent),
            let values = try? filesystem.systemAttributes.values(of: owner.object),
            let named = values.extendedAttributes
        else { return nil }
        let isFree = named == 0 || (try? set.object(named)) == nil
        let flaws = problems(.attributeDirectory).filter {
            $0.location.object == owner.object.number
        }
        guard isFree || !flaws.isEmpty else { return nil }
        let number = owner.object.number
        return FileStep(
            [problem] + flaws, as: .rebuild,
            "Give the extended attributes in object \(object) of \(dataset.name) back to object \(number)"
        ) { draft throws(RepairError) in
            try draft.setAttribute(.extendedAttributes, of: number, object)
        }
    }

    mutating func planQueue() {
        for problem in problems(.unlinkedUnlisted) {
            guard let object = problem.location.object else { continue }
            steps.append(
                FileStep(
                    [problem],
                    "Put \(place(problem)), which has no links, on the queue of files to be freed"
                ) { draft throws(RepairError) in try draft.queue(object, isWaiting: true) })
        }
        for problem in problems(.unlinkedMissing) {
            guard let key = problem.location.key else { continue }
            steps.append(
                FileStep(
                    [problem], "Take \(key) from the queue of files to be freed of \(dataset.name)"
                ) {
                    draft throws(RepairError) in try draft.unqueue(key)
                })
        }
        for problem in problems(.unlinkedNamed) {
            guard let object = problem.location.object,
                let count = problem.evidence["names"]?.unsigned
            else { continue }
            let isDirectory = (try? set.object(object).type) == .directory
            steps.append(
                FileStep(
                    [problem], as: .rebuild,
                    "Take \(place(problem)), which has a name, from the queue of files to be freed"
                ) { draft throws(RepairError) in
                    try draft.queue(object, isWaiting: false)
                    if isDirectory {
                        draft.recount(object)
                    } else {
                        try draft.setAttribute(.links, of: object, count)
                    }
                })
        }
    }
}
