import Bytes
import Vdevs

/// A table of names or word keys and their values, kept in an object: directories, properties, the MOS's
/// own directory.
///
/// Small ones are one block of slots (micro), larger ones a hash table of leaves (fat). Damage inside is
/// collected, not thrown: whatever can be read comes out. Mirrors `zap_t` (`include/sys/zap_impl.h`).
package struct ZAP: Sendable {
    package let object: DMUObject
    package let form: Form

    /// The two ways in which a ZAP is stored.
    package enum Form: Sendable {
        case micro(MicroZAP)
        case fat(FatZAPHeader)
    }

    /// Reads the ZAP's first block; throws where that can't be read or begins neither kind of ZAP.
    package init(_ object: DMUObject) throws(ObjectError) {
        self.object = object
        guard let block = try object.orderedBlock(0) else {
            throw ObjectError(object: object.number, .outOfRange("the ZAP's header is a hole"))
        }
        do {
            let type = try MicroZAP.Layout.type.read(block.bytes.rawBytes, block.order)
            form =
                type == MicroZAP.Layout.blockType
                ? .micro(try MicroZAP(block.bytes, block.order))
                : .fat(try FatZAPHeader(block.bytes, block.order))
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
    }

    package var isMicro: Bool { if case .micro = form { true } else { false } }

    /// How keys are hashed.
    package var hash: ZAPHash {
        switch form {
        case .micro(let micro): micro.hash
        case .fat(let header): header.hash
        }
    }

    /// Gives every entry to `body` in a fixed order, and returns what is wrong with the ZAP.
    ///
    /// Micro ZAPs come in the order of their slots, fat ones in that of their leaves and chains. What
    /// `body` throws ends the walk.
    @discardableResult
    package func forEachEntry<Failure: Error>(
        _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) -> [ZAPProblem] {
        switch form {
        case .micro(let micro):
            var problems = ZAPProblems()
            try micro.forEachEntry(
                mayNormalize: Self.normalizes(object.type), &problems, body)
            if object.dnode.maximumBlockID > 0 {
                problems.add(
                    ZAPProblem(
                        .header, block: 0, at: 0,
                        "a micro ZAP has one block, but this one has \(object.blockCount)"))
            }
            return problems.all
        case .fat(let header):
            var walk = FatZAPWalk(object: object, header: header)
            return try walk.run(body)
        }
    }

    /// All entries together with what is wrong with the ZAP.
    package func contents() -> (entries: [ZAPEntry], problems: [ZAPProblem]) {
        var entries: [ZAPEntry] = []
        let problems = forEachEntry { entries.append($0) }
        return (entries, problems)
    }

    /// All entries that can be read; `contents` also tells what could not.
    package func entries() -> [ZAPEntry] { contents().entries }
}
