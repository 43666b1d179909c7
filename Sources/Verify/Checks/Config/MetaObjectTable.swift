import Vdevs

/// What a survey keeps of the objects of the MOS, in the order of their numbers: 14 bytes for each, since a pool with many
/// snapshots has dozens of lists for each of them.
struct MetaObjectTable: Sendable {
    struct Object: Sendable {
        let type: ObjectType
        let bonusType: ObjectType
        let bonusLength: UInt16
        let hasSpill: Bool
    }

    private(set) var numbers: [UInt64] = []
    private(set) var objects: [Object] = []

    /// Bytes for one object, while the arrays grow and have their older selves beside them.
    static let bytesPerObject = 32

    var count: Int { numbers.count }

    subscript(number: UInt64) -> Object? { index(of: number).map { objects[$0] } }

    /// The place of an object among all.
    func index(of number: UInt64) -> Int? {
        var range = numbers.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if numbers[middle] < number {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        let place = range.lowerBound
        return place < numbers.count && numbers[place] == number ? place : nil
    }

    /// Adds an object, whose number is above all others.
    mutating func append(_ number: UInt64, _ object: Object) {
        numbers.append(number)
        objects.append(object)
    }
}
