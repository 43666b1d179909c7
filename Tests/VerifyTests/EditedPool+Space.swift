import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// Damage to space maps and what leads to them.
extension EditedPool {
    /// What tests need to know of a metaslab to name it.
    struct MetaslabPlace {
        let vdev: UInt64
        let index: UInt64
        /// The object of its space map.
        let map: UInt64
        let bytes: Range<UInt64>

        /// The last `count` sectors of 512 bytes, which are free in the pools that are damaged here.
        func last(_ count: UInt64) -> Range<UInt64> {
            bytes.upperBound - count * 512..<bytes.upperBound
        }
        /// The same counted in sectors from the metaslab's start, as its map counts.
        var lastSector: UInt64 { (bytes.upperBound - bytes.lowerBound) / 512 - 1 }
    }

    func metaslab(_ index: Int, vdev: UInt32 = 0) throws -> MetaslabPlace {
        let own = try #require(try open().spaceBooks().vdev(vdev)).metaslabs[index]
        return MetaslabPlace(
            vdev: UInt64(vdev), index: UInt64(index), map: own.spaceMap,
            bytes: own.start..<own.start + own.size)
    }

    /// The metaslab that an address of vdev 0 lies in.
    func metaslab(of offset: UInt64, vdev: UInt32 = 0) throws -> MetaslabPlace {
        try metaslab(Int(offset >> 24), vdev: vdev)
    }

    func header(of map: UInt64) throws -> SpaceMapHeader {
        try SpaceMap(try editor.object(map)).header
    }

    /// Gives a space map another header; its histogram stays.
    func setHeader(of map: UInt64, length: UInt64? = nil, allocated: Int64? = nil) throws {
        let old = try header(of: map)
        try editor.editBonus(of: map) { bonus in
            try SpaceMapHeader.write(
                length: length ?? old.length, allocated: allocated ?? old.allocated,
                histogram: nil, into: &bonus, old.order)
        }
    }

    /// Writes words behind the entries of a space map, and makes its length and total fit.
    func append(_ words: [UInt64], to map: UInt64, allocated: Int64 = 0) throws {
        let old = try header(of: map)
        try editor.edit(.block(.meta, object: map)) { bytes in
            for (index, word) in words.enumerated() {
                try Field<UInt64>("word", at: Int(old.length) + index * 8)
                    .write(word, into: &bytes, old.order)
            }
        }
        try setHeader(
            of: map, length: old.length + UInt64(words.count) * 8,
            allocated: old.allocated + allocated)
    }

    /// Writes a word of an object that is an array of them.
    func setWord(_ index: Int, of object: UInt64, _ word: UInt64) throws {
        try editor.edit(.block(.meta, object: object)) { bytes in
            try Field<UInt64>("word", at: index * 8).write(word, into: &bytes, .little)
        }
    }

    /// Puts an entry into a micro ZAP's first free place, or another value into the entry of that name.
    func setEntry(_ name: String, of zap: UInt64, _ value: UInt64) throws {
        try editor.edit(.block(.meta, object: zap)) { bytes in
            let places = stride(from: 64, to: bytes.count, by: 64)
            func stored(_ place: Int) -> String {
                String(decoding: bytes[place + 14..<place + 64].prefix { $0 != 0 }, as: UTF8.self)
            }
            let place = try #require(
                places.first { stored($0) == name } ?? places.first { stored($0).isEmpty })
            try Field<UInt64>("mze_value", at: place).write(value, into: &bytes, .little)
            bytes.replaceSubrange(place + 14..<place + 14 + name.utf8.count, with: name.utf8)
        }
    }

    /// Makes the newest block of an object fail its checksum, although everything above it is right.
    func spoil(_ place: EditPlace) throws {
        try editor.editPointer(to: place) { $0.words[12] ^= 1 }
    }

    /// The first log space map: the object of their list, its own, and its group.
    func log() throws -> (list: UInt64, object: UInt64, txg: UInt64) {
        let pool = try open()
        let log = try #require(pool.logSpaceMaps().logs.first)
        let list = try #require(pool.directory.object(.logSpaceMaps))
        return (list, log.map.object.number, log.txg.rawValue)
    }
}

/// The words of space maps put together by hand (`include/sys/space_map.h`).
enum MapWord {
    static func alloc(_ offset: UInt64, _ run: UInt64) -> UInt64 { offset << 16 | run - 1 }
    static func free(_ offset: UInt64, _ run: UInt64) -> UInt64 {
        offset << 16 | 1 << 15 | run - 1
    }
    static func debug(_ txg: UInt64) -> UInt64 { 2 << 62 | 1 << 50 | txg }
    /// An entry of two words.
    static func wide(
        isFree: Bool = false, _ offset: UInt64, _ run: UInt64, vdev: UInt64
    ) -> [UInt64] {
        [3 << 62 | (run - 1) << 24 | vdev, (isFree ? 1 << 63 : 0) | offset]
    }
}
