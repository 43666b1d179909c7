import Bytes
import Objects

/// From an object's blocks, and back to them.
extension ZAPContents {
    /// The ZAP as it is; where its first words are damaged, as it would be with the right ones; nil where all of it is lost.
    static func zap(
        _ draft: ObjectDraft, normalization: UInt64
    ) throws(RepairError) -> ZAP? {
        let plain = try draft.contents()
        let cause: ObjectError
        do throws(ObjectError) {
            return try ZAP(plain)
        } catch {
            cause = error
        }
        var mended = draft
        let isSingle = try draft.decoded().maximumBlockID == 0
        guard case .format = cause.reason else {
            guard !isSingle else { return nil }
            try mended.setBlock(0, try head(of: draft, normalization: normalization))
            let object = try mended.contents()
            return try RepairError.object { () throws(ObjectError) in try ZAP(object) }
        }
        try mended.editBlock(0) { (bytes, order) throws(FormatError) in
            if isSingle {
                try MicroZAP.Layout.type.write(MicroZAP.Layout.blockType, into: &bytes, order)
            } else {
                typealias Layout = FatZAPHeader.Layout
                try Layout.type.write(Layout.blockType, into: &bytes, order)
                try Layout.magic.write(Layout.magicNumber, into: &bytes, order)
            }
        }
        let object = try mended.contents()
        return try RepairError.object { () throws(ObjectError) in try ZAP(object) }
    }

    /// A head that leads to no leaf, so that every leaf is looked at by itself.
    private static func head(
        of draft: ObjectDraft, normalization: UInt64
    ) throws(RepairError) -> [UInt8] {
        let (size, order, number) = (try draft.blockSize, draft.order, draft.number)
        let end = try draft.decoded().maximumBlockID &+ 1
        return try RepairError.format(of: number) { () throws(FormatError) in
            typealias Layout = FatZAPHeader.Layout
            var bytes = [UInt8](repeating: 0, count: size)
            try Layout.type.write(Layout.blockType, into: &bytes, order)
            try Layout.magic.write(Layout.magicNumber, into: &bytes, order)
            let shift = UInt64(max(4, size.trailingZeroBitCount) - 4)
            try Layout.tableShift.write(shift, into: &bytes, order)
            try Layout.freeBlock.write(end, into: &bytes, order)
            try Layout.salt.write(newSalt(number), into: &bytes, order)
            try Layout.normalization.write(normalization, into: &bytes, order)
            return bytes
        }
    }

    /// Any odd number will do (`mzap_create_impl`).
    static func newSalt(_ number: UInt64) -> UInt64 {
        (number &+ 1) &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    /// Writes the ZAP anew; throws where a name would have to move whose hash is not known.
    package func write(into draft: inout ObjectDraft) throws(RepairError) {
        if isMicro, hasUnknownHashes {
            let (size, number) = (try draft.blockSize, object)
            let block = try RepairError.format(of: number) { () throws(FormatError) in
                try builder.micro(entries, size: size)
            }
            guard block != nil else {
                throw .unsupported(
                    "the ZAP of object \(number) would have to grow, and the hashes of its names are not known"
                )
            }
        }
        try draft.rebuildZAP(entries, builder, isMicro: isMicro)
    }
}
