package import Bytes
package import Objects

/// The pool's own object set (MOS), as the structures of this target read it.
///
/// What is wrong with an object but does not stop its reading goes to the notes.
package struct MetaObjects: Sendable {
    package let set: ObjectSet
    package let notes: PoolNotes

    package init(_ set: ObjectSet, notes: PoolNotes) {
        self.set = set
        self.notes = notes
    }

    package func object(_ number: UInt64) throws(PoolError) -> DMUObject {
        do {
            return try set.object(number)
        } catch {
            throw .object(error)
        }
    }

    /// The bonus of an object, taken as a structure.
    package func bonus<Structure: FixedStructure>(
        of number: UInt64, as type: Structure.Type
    ) throws(PoolError) -> Structure {
        try object(number).bonus(as: type)
    }

    /// The entries of a ZAP, one of those that are small by their nature; `what` names it in notes.
    package func entries(
        of number: UInt64, _ what: String
    ) throws(PoolError) -> [ZAPEntry] {
        let zap = try zap(number)
        do {
            let (entries, problems) = try zap.contents(within: .held)
            note(problems, number, what)
            return entries
        } catch {
            throw .object(error)
        }
    }

    /// Gives each entry of a ZAP of any size to `body`; `what` names it in notes.
    func forEachEntry(
        of number: UInt64, _ what: String, _ body: (ZAPEntry) -> Void
    ) throws(PoolError) {
        note(try zap(number).forEachEntry(body), number, what)
    }

    private func note(_ problems: [ZAPProblem], _ number: UInt64, _ what: String) {
        for problem in problems {
            damage(number, what, problem.what, code: .zap(problem.kind))
        }
    }

    package func zap(_ number: UInt64) throws(PoolError) -> ZAP {
        let object = try object(number)
        do {
            return try ZAP(object)
        } catch {
            throw .object(error)
        }
    }

    /// The entries of a ZAP by name; empty with a note where it can't be read.
    package func values(of number: UInt64, _ what: String) -> [String: ZAPValue] {
        do {
            return Dictionary(
                try entries(of: number, what).map { ($0.name, $0.value) },
                uniquingKeysWith: { first, _ in first })
        } catch {
            damage(number, what, "\(error)", code: .zapUnreadable)
            return [:]
        }
    }

    /// A packed nvlist. What is damaged in it goes to the notes.
    package func nvlist(_ number: UInt64, _ what: String) throws(PoolError) -> NVList {
        let decoding = try nvlistDecoding(number)
        for finding in decoding.findings {
            damage(number, what, "\(finding)", code: .listDamaged)
        }
        return decoding.list
    }

    /// Bytes of a packed list that are read: what describes ten thousand devices has some.
    private static let listLimit = 1 << 25

    /// A packed nvlist with what is damaged in it: its size in bytes stands in the bonus.
    package func nvlistDecoding(_ number: UInt64) throws(PoolError) -> NVListDecoding {
        let object = try object(number)
        let size: UInt64
        do {
            size = try Field("packed nvlist size", at: 0)
                .read(object.bonus.rawBytes, object.order)
        } catch {
            throw .format(object: number, error)
        }
        guard let count = Int(exactly: size), count <= Self.listLimit else {
            throw .format(object: number, FormatError("packed nvlist size", .badValue(size)))
        }
        let bytes = try read(object, count: count)
        do {
            return try NVList.decode(bytes.rawBytes)
        } catch {
            throw .format(object: number, error)
        }
    }

    /// Notes that an object of the MOS is broken; `what` names it.
    func damage(_ number: UInt64, _ what: String, _ cause: String, code: PoolNote.Code) {
        notes.damage(place(number, what), cause, code: code, object: number)
    }

    /// How notes name an object of the MOS.
    package func place(_ number: UInt64, _ what: String) -> String {
        "object \(number) of the MOS (\(what))"
    }

    func read(_ object: DMUObject, count: Int) throws(PoolError) -> [UInt8] {
        do {
            return try object.read(at: 0, count: count)
        } catch {
            throw .object(error)
        }
    }
}
