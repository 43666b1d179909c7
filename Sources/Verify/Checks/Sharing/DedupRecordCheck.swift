import Bytes
import Codecs
import Datasets
import Vdevs

/// DT3, DT6: each record of a dedup log that counts has the length of all, and says in which store its entry stands.
///
/// When the log is flushed, the kernel takes the entry out of the store that the record names, and stops the machine where it
/// is not there (`ddt_sync_flush_entry`, `module/zfs/ddt.c`); an entry of which the record knows no store stays in the one
/// in which it is.
struct DedupRecordCheck {
    /// In which stores the keys of the log's records stand.
    let stored: [DedupKey: Set<DedupClass>]
    let isFlat: Bool
    let checksum: ChecksumAlgorithm

    func check(_ logged: [DedupKey: DedupTable.Logged], _ context: CheckContext) {
        for key in logged.keys.sorted() {
            guard !context.isCancelled else { return }
            guard let own = logged[key] else { continue }
            checkForm(of: own, key, context)
            checkPlace(of: own, key, context)
        }
    }

    private func checkForm(
        of own: DedupTable.Logged, _ key: DedupKey, _ context: CheckContext
    ) {
        let record = own.record
        let expected = DedupLogRecord.byteCount(isFlat: isFlat)
        var flaw: String?
        if record.byteCount != expected {
            flaw = "a record has \(record.byteCount) bytes instead of \(expected)"
        } else if record.reserved != 0 {
            flaw = "a record has bits 0x\(String(record.reserved, radix: 16)), which mean nothing"
        } else {
            for variant in record.entry.variants {
                guard variant.isInUse || variant.isEmpty else {
                    flaw = "a record of a pruned block is not empty"
                    break
                }
                let pointer = record.entry.pointer(to: variant, of: checksum)
                guard let found = pointer.addressFlaw else { continue }
                flaw = "the \(found.field) of a record is 0x\(String(found.value, radix: 16))"
            }
        }
        guard let flaw else { return }
        context.report(
            Problem(
                .dedupLogRecord, at: location(own, key),
                evidence: Record(["cause": .text(flaw)])))
    }

    private func checkPlace(
        of own: DedupTable.Logged, _ key: DedupKey, _ context: CheckContext
    ) {
        let found = own.record.place
        let places = stored[key]?.map(DedupLogRecord.Place.store) ?? [.none]
        // Where it stands in two, that is told as such.
        guard !places.contains(found) else { return }
        context.report(
            Problem(
                .dedupClass, at: location(own, key),
                evidence: Record([
                    "expected": .text(places.map(Self.name).sorted().joined(separator: ", ")),
                    "found": .text(Self.name(found)),
                ])))
    }

    private static func name(_ place: DedupLogRecord.Place) -> String {
        if place == .none { return "no store" }
        guard place.type == 0, let known = DedupClass(rawValue: place.storageClass) else {
            return "type \(place.type), class \(place.storageClass)"
        }
        return "\(known)"
    }

    private func location(_ own: DedupTable.Logged, _ key: DedupKey) -> Location {
        var location = Location()
        location.objectSet = 0
        location.object = own.log
        location.key = key.name
        return location
    }
}
