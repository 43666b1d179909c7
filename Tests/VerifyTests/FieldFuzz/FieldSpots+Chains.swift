import Blocks
import Bytes
import Codecs
import Datasets
import Files
import Objects
import TestSupport
import Vdevs

/// Blocks as they are stored: those of intent logs and the headers of gang blocks, which bear their checksums in themselves, and
/// compressed ones.
extension FieldSpots {
    /// The chain of the first block, and the first record of each type.
    mutating func log(of set: ObjectSet, _ dataset: UInt64) {
        var blocks: [LogBlock] = []
        _ = IntentLog(set.header.intentLog, source: pool.reader).forEachBlock {
            blocks.append($0)
        }
        let owner = "a \(set.header.type)"
        for (index, block) in blocks.enumerated() {
            let isInFront = block.pointer.checksumAlgorithm == .zilog2
            let chain = LogChain.Layout.self
            let start =
                isInFront ? 0 : Int(block.pointer.logicalSize) - chain.byteCount
            func add(_ structure: String, _ start: Int, _ fields: [AnyField], isSealed: Bool) {
                self.add(
                    FieldSpot(
                        structure: structure, owner: owner,
                        place: .log(dataset: dataset, index: index, isSealed: isSealed),
                        start: start, fields: fields, order: block.chain.order))
            }
            add("zil_chain_t", start, Array(chain.fields.prefix(3)), isSealed: true)
            add("zil_chain_t trailer", start, Array(chain.fields.dropFirst(3)), isSealed: false)
            var offset = block.chain.records.lowerBound
            for record in block.records {
                var fields = LogRecord.Layout.fields
                if case .decoded(let body) = record.body { fields += type(of: body).fields }
                add("\(record.type)", offset, fields, isSealed: true)
                offset += record.byteCount
            }
        }
    }

    mutating func gangHeader(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
        guard let pointer = try? object.tree.pointer(level: 0, index: 0), !pointer.isHole,
            !pointer.isEmbedded, pointer.dva(0).isGang,
            let header = try? pool.reader.gangHeader(pointer)
        else { return }
        let place = EditPlace.block(set, object: object.number)
        let fields = GangHeader.Layout.fields(header.bytes.count)
        let pointers = GangHeader.Layout.pointerCount(header.bytes.count)
        for (structure, own, isSealed) in [
            ("zio_gbh_phys_t", Array(fields.prefix(pointers)), true),
            ("zio_gbh_phys_t trailer", Array(fields.dropFirst(pointers)), false),
        ] {
            add(
                FieldSpot(
                    structure: structure, owner: owner,
                    place: .gangHeader(place, isSealed: isSealed), start: 0, fields: own,
                    order: pointer.order))
        }
    }

    /// What stands in front of a block that Zstandard compressed.
    mutating func compressed(_ object: DMUObject, _ set: SetPlace, _ owner: String) {
        guard let pointer = try? object.tree.pointer(level: 0, index: 0), !pointer.isHole,
            !pointer.isEmbedded, pointer.compression == .zstd
        else { return }
        add(
            FieldSpot(
                structure: "zfs_zstdhdr_t", owner: owner,
                place: .stored(.block(set, object: object.number)), start: 0,
                fields: ZstdHeader.Layout.fields, order: .big))
    }
}
