import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Damage on which OpenZFS panics, hangs or stays silent, as far as no other case makes it (docs/upstream-failures.md).
    static let upstream = upstreamTables + upstreamLists + upstreamObjects + upstreamLogs

    private static let upstreamTables = [
        verify(
            "an entry that does not expand", [.dedupEntry], in: "dedup",
            unchecked: ["the reference counts of deduplicated blocks"]
        ) { pool in
            let table = try #require(
                try pool.open().dedupTables().first { "\($0.checksum)" == "sha256" })
            let store = try #require(table.stores.first { $0.storageClass == .unique })
            try pool.editFirstValue(of: store.object) { bytes in
                // ZLE, whose every byte asks for more zeros than there can be.
                [0x8e] + bytes.dropFirst().map { _ in 0xff }
            }
            return [
                Found(.dedupEntry) {
                    $0.objectSet = 0
                    $0.key = "object \(store.object) of the MOS (\(store.name))"
                }
            ]
        },
        verify(
            "clones whose entries are not there", [.cloneTable], in: "brt",
            consequences: [.blockClaimedTwice, .objectMissing, .objectLeaked]
        ) { pool in
            let table = try pool.cloneTable()
            try pool.set(BlockReferencesHeader.Layout.entries, of: table.object, 9999)
            return [
                Found(.cloneTable) {
                    ($0.objectSet, $0.object, $0.vdev) = (0, table.object, 0)
                }
            ]
        },
        verify("every feature counted once too often", [.featureCount], in: "snaps") { pool in
            let opened = try pool.open()
            var found: [Found] = []
            for feature in opened.features.list {
                guard let known = feature.known, !Self.uncounted.contains(known.name) else {
                    continue
                }
                try pool.addToFeature(feature.guid, 2)
                let table = opened.directory.object(
                    feature.isNeededForReading ? .featuresForRead : .featuresForWrite)
                found.append(
                    Found(.featureCount) {
                        ($0.objectSet, $0.object, $0.key) = (0, table, feature.guid)
                    })
            }
            #expect(found.count > 30)
            return found
        },
    ]

    /// Features whose count leaves no trace to compare it with.
    private static let uncounted: Set<String> = ["multi_vdev_crash_dump"]

    private static let upstreamLists = [
        verify(
            "a deadlist whose bonus is cut off", [.deadlistUnreadable, .dnodeBonusLength],
            in: "snaps",
            unchecked: ["leads to further objects", "the counts of features"]
        ) { pool in
            let own = try pool.dataset("snaps/vol").stored.deadlist
            try pool.editor.editDnode(own) { $0[10...11] = [8, 0] }
            return [Found(.deadlistUnreadable, own, "snaps/vol"), Found(.dnodeBonusLength, own)]
        },
        verify(
            "a deadlist whose list is not there", [.listUnreadable], in: "snaps",
            unchecked: ["leads to further objects"]
        ) { pool in
            let deadlist = try pool.dataset("snaps/vol").stored.deadlist
            let key = try pool.list(ofDeadlist: deadlist).key
            try pool.setEntry(key, of: deadlist, 9999)
            return [Found(.listUnreadable, 9999)]
        },
        verify(
            "a list of obsolete blocks whose bonus is cut off",
            [.listUnreadable, .dnodeBonusLength], in: "removal",
            unchecked: ["leads to further objects"]
        ) { pool in
            let list = try pool.addObject(
                EditedPool.NewObject(
                    type: .blockPointerList, bonusType: .blockPointerListHeader,
                    bonus: EditedPool.bytes([0])))
            try pool.setEntry(
                ObjectDirectory.Key.obsoleteList.rawValue, ofFat: ObjectDirectory.objectNumber,
                words: [list])
            try pool.addToFeature("com.delphix:obsolete_counts", 1)
            return [Found(.listUnreadable, list), Found(.dnodeBonusLength, list)]
        },
    ]

    private static let upstreamObjects = [
        verify(
            "a dnode that reaches past its block", [.dnodeInvalid],
            unchecked: ["the space and the length", "of basic", "what basic refers to"]
        ) { pool in
            try pool.editor.editDnode(59, in: .dataset(54)) { $0[12] = 31 }
            return [Found(.dnodeInvalid) { ($0.objectSet, $0.object) = (54, 59) }]
        },
        verify(
            "attributes in a layout that there is not", [.attributeBuffer],
            unchecked: ["userused of basic", "groupused of basic", "projectused of basic"]
        ) { pool in
            try pool.editor.editBonus(of: 59, in: .dataset(54)) { bonus in
                // The low bits of the second field; the others are the header's size.
                bonus[4] = 0xee
                bonus[5] |= 3
            }
            return [
                Found(.attributeBuffer) {
                    ($0.dataset, $0.objectSet, $0.object) = ("basic", 54, 59)
                }
            ]
        },
    ]

    private static let upstreamLogs = [
        verify("a log record shorter than its header", [.logChain], in: "zil") { pool in
            let own = try pool.dataset("zil/always").object
            let block = try pool.logBlocks(of: own)[3]
            try pool.editLogBlock(block) { bytes in
                try Field<UInt64>("lrc_reclen", at: block.chain.records.lowerBound + 8)
                    .write(16, into: &bytes, .little)
            }
            return [
                Found(.logChain) {
                    ($0.dataset, $0.objectSet) = ("zil/always", own)
                    $0.blockID = block.sequence
                }
            ]
        },
        verify(
            "a claimed clone of a block that nobody counts", [.blockClaimedTwice], in: "zil",
            consequences: [.logRecordRefused]
        ) { pool in
            let own = try pool.dataset("zil/always").object
            let victim = try pool.firstDataBlock(of: own)
            let block = try pool.logBlocks(of: own)[0]
            try pool.editLogBlock(block) { bytes in
                try writeClone(of: victim, into: &bytes, at: block.chain.records.lowerBound)
            }
            try pool.claimLog(of: own, upTo: block)
            return try (0..<victim.copyLimit).filter { victim.hasCopy($0) }.map {
                let address = victim.dva($0)
                return Found(
                    .blockClaimedTwice, try pool.metaslab(of: address.offset),
                    address.offset..<address.offset + address.allocatedSize)
            }
        },
    ]

    /// Puts one clone of one block in the place of the first record, the only one left (`lr_clone_range_t`).
    private static func writeClone(
        of pointer: BlockPointer, into bytes: inout [UInt8], at start: Int
    ) throws {
        typealias Layout = LogRecord.Layout
        let size = LoggedClone.Layout.byteCount + BlockPointer.byteCount
        func write(_ field: Field<UInt64>, _ value: UInt64) throws {
            try Field<UInt64>(field.name, at: start + field.offset)
                .write(value, into: &bytes, .little)
        }
        try write(Layout.type, LogRecordType.cloneRange.rawValue)
        try write(Layout.recordLength, UInt64(size))
        try write(LoggedClone.Layout.pointerCount, 1)
        let place = start + LoggedClone.Layout.byteCount
        bytes.replaceSubrange(
            place..<place + BlockPointer.byteCount, with: pointer.encoded(.little))
        try LogChain.Layout.used.write(UInt64(start + size), into: &bytes, .little)
    }
}

extension EditedPool {
    /// Changes the value of the first entry of a fat ZAP of the MOS, whose length stays.
    fileprivate func editFirstValue(of zap: UInt64, _ change: ([UInt8]) -> [UInt8]) throws {
        try rebuild(zap) { entries, _ in
            let first = entries[0]
            let bytes = change(first.value.bytes)
            entries[0] = ZAPBuilder.Entry(
                first.key, ZAPValue(integerSize: first.value.integerSize, bytes: bytes),
                hash: first.hash)
        }
    }

    /// A block of file data that is not embedded.
    fileprivate func firstDataBlock(of dataset: UInt64) throws -> BlockPointer {
        var found: BlockPointer?
        try editor.objectSet(.dataset(dataset)).forEachDnode { visit in
            guard found == nil, case .object(let object) = visit, object.type == .plainFile else {
                return
            }
            object.forEachBlockPointer { step in
                guard found == nil, case .pointer(let pointer, level: 0, _) = step,
                    !pointer.isHole, !pointer.isEmbedded
                else { return }
                found = pointer
            }
        }
        return try #require(found)
    }

    /// Says that the log was claimed up to the first record of a block.
    fileprivate func claimLog(of dataset: UInt64, upTo block: LogBlock) throws {
        typealias Layout = IntentLogHeader.Layout
        let start = ObjectSetHeader.Layout.intentLog.range.lowerBound
        let txg = editor.uberblock.txg.rawValue
        let record = try #require(block.records.first)
        try editor.edit(.header(.dataset(dataset))) { bytes in
            func write(_ field: Field<UInt64>, _ value: UInt64) throws {
                try Field<UInt64>(field.name, at: start + field.offset)
                    .write(value, into: &bytes, .little)
            }
            try write(Layout.claimTxg, txg)
            try write(Layout.claimBlockSequence, block.sequence)
            try write(Layout.claimRecordSequence, record.sequence)
            // `ZIL_REPLAY_NEEDED` and `ZIL_CLAIM_LR_SEQ_VALID`.
            try write(Layout.flags, 3)
        }
    }
}
