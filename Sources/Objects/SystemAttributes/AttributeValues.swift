package import Bytes

/// The system attributes of one object: which it has and where their bytes lie.
package struct AttributeValues: Sendable {
    /// One attribute as found.
    package struct Attribute: Sendable {
        package let definition: AttributeDefinition
        package let place: Place
    }

    /// Where an attribute's bytes lie.
    package struct Place: Sendable {
        /// Whether they stand in the spill block.
        package let isSpilled: Bool
        package let order: ByteOrder
        /// In bytes from the start of the bonus or the spill block.
        package let range: Range<Int>
    }

    /// What is wrong with the buffers; the attributes before it are there.
    package internal(set) var problems: [FormatError] = []
    /// Attributes that OpenZFS does not know.
    package private(set) var others: [Attribute] = []

    private let bonus: [UInt8]
    private var spill: [UInt8] = []
    /// By `AttributeName.rawValue`.
    private var places: [Place?]

    init(bonus: [UInt8]) {
        self.bonus = bonus
        places = [Place?](repeating: nil, count: AttributeName.allCases.count)
    }

    mutating func setSpill(_ bytes: [UInt8]) { spill = bytes }

    /// Notes an attribute; where a damaged layout names one twice, the first counts.
    mutating func add(_ definition: AttributeDefinition, _ place: Place) {
        guard let known = definition.known else {
            others.append(Attribute(definition: definition, place: place))
            return
        }
        if places[known.rawValue] == nil { places[known.rawValue] = place }
    }

    /// The attributes that OpenZFS knows and the object has.
    package var names: [AttributeName] {
        AttributeName.allCases.filter { places[$0.rawValue] != nil }
    }

    /// Where the attribute of that name lies, nil where the object has none.
    package func place(_ name: AttributeName) -> Place? { places[name.rawValue] }

    /// The bytes at a place as stored.
    package func bytes(_ place: Place) -> [UInt8] {
        [UInt8]((place.isSpilled ? spill : bonus)[place.range])
    }

    /// The bytes of the attribute of that name as stored, nil where the object has none.
    package func bytes(_ name: AttributeName) -> [UInt8]? { place(name).map { bytes($0) } }

    /// Word `index` of the attribute, nil where the object has none or it is too short.
    package func word(_ name: AttributeName, _ index: Int = 0) -> UInt64? {
        guard let place = place(name), index >= 0, index < place.range.count / 8 else {
            return nil
        }
        do {
            return try (place.isSpilled ? spill : bonus).rawBytes.integer(
                at: place.range.lowerBound + index * 8, place.order)
        } catch {
            return nil
        }
    }
}
