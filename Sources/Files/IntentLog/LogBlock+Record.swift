package import Bytes
import Vdevs

extension LogBlock {
    package var record: Record {
        var record = Record(["sequence": .number(sequence), "block": .record(pointer.brief)])
        record.add("used", .bytes(chain.used))
        record.add("order", .text(chain.order.description))
        if isEncrypted { record.add("encrypted", .flag(true)) }
        record.add("records", .list(records.map { .record($0.record) }))
        if let problem { record.add("damage", .text(problem.description)) }
        return record
    }
}
