import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// Objects that lead to others, and the configuration that leads to them.
extension EditedPool {
    func metaslabArray() throws -> UInt64 {
        try #require(try open().rootConfig.children.first?.metaslabArray)
    }

    func metaslabCount() throws -> Int {
        try #require(try open().spaceBooks().vdevs.first).metaslabs.count
    }

    /// The array of the groups since which each metaslab's changes are unflushed.
    func unflushedArray() throws -> UInt64 {
        try #require(try open().spaceBooks().vdevs.first).unflushedObject
    }

    /// Gives a number of the MOS's configuration another value, where it stands for the first time.
    ///
    /// XDR has the name, padded to four bytes, its type and count, and the value with its high bytes first.
    func setConfigNumber(_ name: String, _ value: UInt64) throws {
        let config = try #require(try open().directory.object(.config))
        try editor.edit(.block(.meta, object: config)) { bytes in
            let start = try #require(bytes.firstRange(of: [UInt8](name.utf8))).lowerBound
            let place = start + (name.utf8.count + 3) / 4 * 4 + 8
            for index in 0..<8 {
                bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt64(56 - index * 8))
            }
        }
    }
}

/// The numbers by which vdevs spread their blocks.
extension EditedPool {
    /// Changes the list of a top-level vdev in the pool's configuration.
    func editTop(
        _ index: Int = 0, _ change: (inout NVList) throws -> Void
    ) throws {
        let config = try #require(try open().directory.object(.config))
        var count = 0
        try editor.edit(.block(.meta, object: config)) { bytes in
            var list = try NVList.decode(bytes.rawBytes).list
            try Self.changeTop(index, of: &list, change)
            let packed = try list.encodedXDR(order: .little)
            bytes.replaceSubrange(0..<packed.count, with: packed)
            count = packed.count
        }
        let size = UInt64(count)
        try editor.editBonus(of: config) {
            try Field<UInt64>("packed size", at: 0).write(size, into: &$0, .little)
        }
    }

    private static func changeTop(
        _ index: Int, of list: inout NVList, _ change: (inout NVList) throws -> Void
    ) throws {
        var root = try #require(list.list(ConfigKey.vdevTree))
        var tops = try #require(root.lists(ConfigKey.children))
        try change(&tops[index])
        try replace(ConfigKey.children, by: .listArray(tops), in: &root)
        try replace(ConfigKey.vdevTree, by: .list(root), in: &list)
    }

    /// Gives a pair another value in its place.
    static func replace(_ name: String, by value: NVValue, in list: inout NVList) throws {
        let place = try #require(list.pairs.firstIndex { $0.name == name })
        list.pairs[place].value = value
    }

    /// Where the pool's configuration has a top-level vdev.
    func configPlace(ofTop index: Int = 0) throws -> Location {
        var place = Location()
        place.objectSet = 0
        place.object = try open().directory.object(.config)
        place.vdev = UInt64(index)
        place.key = "vdev_tree.children[\(index)]"
        return place
    }
}

/// The objects of maps that belong to no metaslab.
extension EditedPool {
    func checkpointMap() throws -> UInt64 {
        let pool = try open()
        let vdev = try #require(pool.rootConfig.children.first)
        return try #require(try pool.checkpointMap(of: vdev)).object.number
    }

    func obsoleteMap(ofVdev vdev: Int) throws -> UInt64 {
        let pool = try open()
        let zap = pool.rootConfig.children[vdev].topZAP
        return try #require(VdevZAP(zap, pool.meta, "vdev \(vdev)").obsoleteMap)
    }

    /// The first list of missed groups of vdev 0.
    func missedGroups() throws -> UInt64 {
        var waiting = try open().rootConfig.children.prefix(1)
        while let config = waiting.popFirst() {
            if let list = config.dtl { return list }
            waiting += config.children
        }
        throw Failure(description: "no device missed a group")
    }
}
