import Bytes
import Datasets
import TestSupport
import Testing
import Verify

/// What readers note is told unless a check tells of the same place.
@Suite struct NoteProblemTests {
    /// What is made here: it stands for what no check names.
    static let kinds: Set<ProblemKind> = [.objectDamaged]

    private static func told(_ notes: [PoolNote], beside found: [Problem] = []) -> [Problem] {
        NoteProblems(notes, found: found).problems
    }

    private static func note(_ code: PoolNote.Code, _ place: String, _ object: UInt64? = nil)
        -> PoolNote
    {
        PoolNote(.damage, code: code, place: place, cause: "it is broken", object: object)
    }

    private static func found(_ kind: ProblemKind, _ change: (inout Location) -> Void) -> Problem {
        var location = Location()
        change(&location)
        return Problem(kind, at: location)
    }

    @Test func `damage that no check names is told as such`() {
        let told = Self.told([Self.note(.structure, "object 99 of the MOS (something)", 99)])
        #expect(Set(told.map(\.kind)) == Self.kinds)
        #expect(told.first?.location.object == 99)
    }

    @Test func `a check that found the object has told what a reader noted of it`() {
        let note = Self.note(.zapUnreadable, "object 33 of the MOS (properties)", 33)
        let same = Self.found(.blockChecksum) { ($0.objectSet, $0.object) = (0, 33) }
        let other = Self.found(.blockChecksum) { ($0.objectSet, $0.object) = (54, 33) }
        #expect(Self.told([note], beside: [same]).isEmpty)
        #expect(Self.told([note, note], beside: []).count == 2)
        // Another object set has objects of the same numbers.
        let elsewhere = Self.note(.dnodeField, "object 33 of the MOS (properties)", 33)
        #expect(Self.told([elsewhere], beside: [other]).count == 1)
    }

    @Test func `damage of the same family in another place hides nothing`() {
        let note = Self.note(.deadlistEntry, "object 47 of the MOS (deadlist)", 47)
        let other = Self.found(.deadlistKey) { ($0.objectSet, $0.object) = (0, 48) }
        let told = Self.told([note], beside: [other])
        #expect(told.map { $0.evidence["code"] } == [.text("deadlist.bad-entry")])
        let named = Self.note(.datasetEntry, "dataset tank/a")
        let dataset = Self.found(.dslUnreadable) { $0.dataset = "tank/b" }
        #expect(Self.told([named], beside: [dataset]).count == 1)
    }

    @Test func `a place in words is known by the dataset, the entry, or the vdev`() {
        let places: [(String, PoolNote.Code, ProblemKind, (inout Location) -> Void)] = [
            ("dataset tank/a", .datasetEntry, .dslUnreadable, { $0.dataset = "tank/a" }),
            (
                "dataset tank/zz", .datasetEntry, .dslUnreadable,
                { ($0.dataset, $0.key) = ("tank", "zz") }
            ),
            (
                "dataset tank@s", .datasetUnreadable, .dslSnapshotEntry,
                { ($0.dataset, $0.key) = ("tank", "s") }
            ),
            ("vdev 3", .mappingUnreadable, .indirectMapping, { $0.vdev = 3 }),
        ]
        for (place, code, kind, change) in places {
            let problem = Self.found(kind, change)
            #expect(Self.told([Self.note(code, place)], beside: [problem]).isEmpty, "\(place)")
        }
    }
}
