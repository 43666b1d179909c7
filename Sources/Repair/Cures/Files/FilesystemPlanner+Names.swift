import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// Entries of directories, and what files say of their names.
extension FilesystemPlanner {
    /// The entries in a directory that lead to an object.
    private func entries(to object: UInt64, in directory: UInt64) -> [FileNames.Name] {
        names[object].filter { $0.directory == directory }
    }

    mutating func planEntries() {
        for problem in problems(.entryToFreeObject) {
            guard let object = problem.location.object,
                let directory = problem.evidence["directory"]?.unsigned
            else { continue }
            let own = entries(to: object, in: directory)
                .filter { FileName($0.bytes).description == problem.location.key }
            guard let name = own.first else { continue }
            if let orphan = orphan(of: directory, name.kind) {
                relink(orphan, as: name, problem)
            } else {
                removeEntry(name, problem, "the name is taken away, since it leads to no file")
            }
        }
        for problem in problems(.entryToWrongObject) { planWrongEntry(problem) }
        for problem in problems(.entryKind) { planEntryKind(problem) }
    }

    private mutating func removeEntry(
        _ name: FileNames.Name, _ problem: Problem, _ why: String
    ) {
        steps.append(
            FileStep(
                [problem],
                "Take the name \(FileName(name.bytes)) out of directory \(name.directory) of \(dataset.name)",
                losses: [loss(problem, why)]
            ) { draft throws(RepairError) in
                draft.change(name.directory, .remove(name.bytes))
            })
    }

    /// The one file without a name that says it was in that directory, where no other name there leads nowhere.
    private func orphan(of directory: UInt64, _ kind: FileKind) -> Problem? {
        let orphans = problems(.orphan).filter { problem in
            problem.evidence["parent"]?.unsigned == directory
                && problem.evidence["kind"] == .text(kind.description)
        }
        let dangling = (problems(.entryToFreeObject) + problems(.entryToWrongObject)).count {
            $0.evidence["directory"]?.unsigned == directory || $0.location.object == directory
        }
        return orphans.count == 1 && dangling == 1 ? orphans.first : nil
    }

    private mutating func relink(_ orphan: Problem, as name: FileNames.Name, _ problem: Problem) {
        guard let object = orphan.location.object else { return }
        named.insert(object)
        let word = UInt64(name.kind.rawValue) << 60 | object
        steps.append(
            FileStep(
                [problem, orphan], as: .rebuild,
                "Let the name \(FileName(name.bytes)) lead to object \(object) of \(dataset.name), which lacks a name there"
            ) { draft throws(RepairError) in
                draft.change(name.directory, .set(name.bytes, word))
                if name.kind != .directory { try draft.setAttribute(.links, of: object, 1) }
            })
    }

    private mutating func planWrongEntry(_ problem: Problem) {
        if let word = problem.evidence["value"]?.unsigned {
            // Bits are set that stand for nothing.
            guard let directory = problem.location.object else { return }
            let target = word & 0xffff_ffff_ffff
            let own = names[target].filter {
                $0.directory == directory
                    && FileName($0.bytes).description == problem.location.key
            }
            guard let name = own.first else { return }
            guard let kind = kind(of: target) else {
                return removeEntry(
                    name, problem, "the name is taken away: object \(target) is no file")
            }
            let orphans = problems(.orphan).filter { $0.location.object == target }
            named.insert(target)
            steps.append(
                FileStep(
                    [problem] + orphans, as: .rebuild,
                    "Clear the bits of \(FileName(name.bytes)) in directory \(directory) of \(dataset.name) that stand for nothing"
                ) { draft throws(RepairError) in
                    draft.change(directory, .set(name.bytes, UInt64(kind.rawValue) << 60 | target))
                })
            return
        }
        guard let object = problem.location.object else { return }
        let directory = problem.evidence["directory"]?.unsigned
        if let directory {
            guard
                let name = entries(to: object, in: directory)
                    .first(where: { FileName($0.bytes).description == problem.location.key })
            else { return }
            if let orphan = orphan(of: directory, name.kind) {
                relink(orphan, as: name, problem)
            } else {
                removeEntry(name, problem, "the name is taken away: object \(object) is no file")
            }
        } else if let key = problem.location.key {
            let name = FileNames.Name(
                directory: object, bytes: FileName(key).bytes, kind: .unknown)
            removeEntry(name, problem, "the name is taken away: its value is not one number")
        }
    }

    private func kind(of object: UInt64) -> FileKind? {
        guard let file = try? set.object(object),
            let attributes = try? filesystem.attributes(of: file)
        else { return nil }
        return attributes.kind
    }

    private mutating func planEntryKind(_ problem: Problem) {
        guard let object = problem.location.object,
            let directory = problem.evidence["directory"]?.unsigned, let kind = kind(of: object)
        else { return }
        for name in entries(to: object, in: directory)
        where FileName(name.bytes).description == problem.location.key {
            steps.append(
                FileStep(
                    [problem],
                    "Let the name \(FileName(name.bytes)) in directory \(directory) of \(dataset.name) say \(kind)"
                ) { draft throws(RepairError) in
                    draft.change(
                        directory, .set(name.bytes, UInt64(kind.rawValue) << 60 | object))
                })
        }
    }

    mutating func planNames() {
        for problem in problems(.fileName) {
            guard let directory = problem.location.object,
                let zap = try? set.object(directory),
                let contents = try? ZAPContents(ObjectDraft(zap))
            else { continue }
            let flawed = contents.entries.filter { entry in
                guard case .name(let bytes) = entry.key else { return false }
                return FileName(bytes).description == problem.location.key
            }
            guard let entry = flawed.first, case .name(let bytes) = entry.key else { continue }
            let target = (entry.value.uint64 ?? 0) & 0xffff_ffff_ffff
            let name = Self.soundName(
                insteadOf: bytes, target, isTaken: { contents.entry($0) != nil })
            steps.append(
                FileStep(
                    [problem], as: .rebuild,
                    "Rename \(FileName(bytes)) in directory \(directory) of \(dataset.name) to \(FileName(name))"
                ) { draft throws(RepairError) in
                    draft.change(directory, .rename(bytes, name))
                })
        }
    }

    /// A name of plain letters that every file system takes: of what is no letter, digit, dot or dash comes a line.
    private static func soundName(
        insteadOf bytes: [UInt8], _ object: UInt64, isTaken: ([UInt8]) -> Bool
    ) -> [UInt8] {
        let letters = bytes.prefix(200).map { byte -> UInt8 in
            let isSound =
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
                || (0x61...0x7a).contains(byte) || byte == 0x2e || byte == 0x2d
            return isSound ? byte : UInt8(ascii: "_")
        }
        let isDots = letters.allSatisfy { $0 == UInt8(ascii: ".") }
        let name = isDots ? [UInt8]("recovered".utf8) : [UInt8](letters)
        // The number tells names apart that differ in what was replaced.
        return !isTaken(name) && name != bytes ? name : name + [UInt8]("~\(object)".utf8)
    }
}
