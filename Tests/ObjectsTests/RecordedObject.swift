import Foundation
import Objects
import TestSupport
import Vdevs

/// One line of `zdb -dd`, as recorded when the test pool was made.
struct RecordedObject: Equatable, CustomStringConvertible {
    var number: String
    var levels: String
    var indirectBlock: String
    var dataBlock: String
    var space: String
    var dnode: String
    var length: String
    var full: String
    var type: String

    var description: String {
        [number, levels, indirectBlock, dataBlock, space, dnode, length, full, type]
            .joined(separator: " ")
    }
}

/// The objects of one dataset, as `zdb -dd` listed them.
struct RecordedDataset {
    let name: String
    /// The number of the dataset object in the MOS; 0 for the MOS itself.
    let id: UInt64
    let objectCount: Int
    var objects: [RecordedObject] = []

    /// Reads the recording kept for a pool.
    static func read(_ pool: String) throws -> [RecordedDataset] {
        let path = "\(Project.root)/Tests/ObjectsTests/Fixtures/\(pool).objects.txt"
        var datasets: [RecordedDataset] = []
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
            if words[0] == "Dataset" {
                let id = line.firstRange(of: "ID ").map { line[$0.upperBound...] } ?? ""
                datasets.append(
                    RecordedDataset(
                        name: words[1], id: UInt64(id.prefix { $0 != "," }) ?? 0,
                        objectCount: Int(words[words.count - 2]) ?? 0))
            } else if Int64(words[0]) != nil {
                let type = words[8...].joined(separator: " ").split(separator: " (")[0]
                datasets[datasets.count - 1].objects.append(
                    RecordedObject(
                        number: words[0], levels: words[1], indirectBlock: words[2],
                        dataBlock: words[3], space: words[4], dnode: words[5], length: words[6],
                        full: words[7], type: String(type)))
            }
        }
        return datasets
    }
}

extension RecordedObject {
    /// What zdb would print for an object.
    init(_ object: DMUObject) {
        let dnode = object.dnode
        number = "\(Int64(bitPattern: object.number))"
        levels = "\(dnode.levels)"
        indirectBlock = Self.short(UInt64(dnode.indirectBlockSize))
        dataBlock = Self.short(UInt64(dnode.dataBlockSize))
        space = Self.short(dnode.usedBytes)
        self.dnode = Self.short(UInt64(dnode.byteCount))
        length = Self.short(object.byteCount)
        full = String(format: "%.2f", object.fillPercentage)
        // zdb tells a type without a number of its own by its content alone.
        type = dnode.type.isSelfDescribing ? "\(dnode.type.content)" : "\(dnode.type)"
    }

    /// A size the way zdb shortens it: three digits and a unit.
    private static func short(_ size: UInt64) -> String {
        var unit = 0
        while unit < 6, size >> (10 * (unit + 1)) > 0 { unit += 1 }
        let letters = ["", "K", "M", "G", "T", "P", "E"]
        if unit == 0 { return "\(size)" }
        let divisor = UInt64(1) << (10 * unit)
        if size % divisor == 0 { return "\(size / divisor)\(letters[unit])" }
        for digits in [2, 1, 0] {
            let text = String(format: "%.\(digits)f", Double(size) / Double(divisor))
            if text.count <= 4 { return text + letters[unit] }
        }
        return "?"
    }
}
