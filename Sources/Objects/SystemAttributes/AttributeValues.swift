package import Bytes

/// The system attributes of one object: which it has and where their bytes lie.
package struct AttributeValues: Sendable {
    /// One attribute as found.
    package struct Attribute: Sendable {
        package let definition: AttributeDefinition
        /// Whether it stands in the spill block.
        package let isSpilled: Bool
        let range: Range<Int>
        let order: ByteOrder
    }

    /// What was found, bonus before spill, in the order of the layouts.
    package private(set) var attributes: [Attribute] = []
    /// What is wrong with the buffers; the attributes before it are there.
    package internal(set) var problems: [FormatError] = []

    private var bonus: [UInt8]
    private var spill: [UInt8] = []
    /// Places in `attributes` of those that OpenZFS knows.
    private var places: [Int8]

    init(bonus: [UInt8]) {
        self.bonus = bonus
        places = [Int8](repeating: -1, count: AttributeName.allCases.count)
    }

    mutating func setSpill(_ bytes: [UInt8]) { spill = bytes }

    /// Notes an attribute; where a damaged layout names one twice, the first counts.
    mutating func add(
        _ definition: AttributeDefinition, _ range: Range<Int>, _ order: ByteOrder, spilled: Bool
    ) {
        if let known = definition.known, places[known.index] < 0,
            let place = Int8(exactly: attributes.count)
        {
            places[known.index] = place
        }
        attributes.append(
            Attribute(definition: definition, isSpilled: spilled, range: range, order: order))
    }

    /// The attribute of that name, nil where the object has none.
    package func attribute(_ name: AttributeName) -> Attribute? {
        let place = places[name.index]
        return place < 0 ? nil : attributes[Int(place)]
    }

    /// The attribute registered under that name, also one that OpenZFS does not know.
    package func attribute(named name: String) -> Attribute? {
        attributes.first { $0.definition.name == name }
    }

    /// The attribute's bytes as stored.
    package func bytes(_ attribute: Attribute) -> [UInt8] {
        [UInt8]((attribute.isSpilled ? spill : bonus)[attribute.range])
    }

    /// The bytes of the attribute of that name as stored, nil where the object has none.
    package func bytes(_ name: AttributeName) -> [UInt8]? {
        attribute(name).map { bytes($0) }
    }

    /// Word `index` of the attribute, nil where the object has none or it is too short.
    package func word(_ name: AttributeName, _ index: Int = 0) -> UInt64? {
        guard let attribute = attribute(name),
            index >= 0, index < attribute.range.count / 8
        else { return nil }
        do {
            return try (attribute.isSpilled ? spill : bonus).rawBytes.integer(
                at: attribute.range.lowerBound + index * 8, attribute.order)
        } catch {
            return nil
        }
    }
}
