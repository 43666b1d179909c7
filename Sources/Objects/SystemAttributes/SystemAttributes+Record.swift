package import Bytes

extension SystemAttributes {
    /// The registry and the layouts, each in the order of their numbers.
    package var record: Record {
        var registry = Record()
        for (number, definition) in definitions.sorted(by: { $0.key < $1.key }) {
            registry.add(
                definition.name,
                .record(
                    Record([
                        "number": .number(UInt64(number)),
                        "length": .number(UInt64(definition.length)),
                        "swap": .number(UInt64(definition.swap)),
                    ])))
        }
        var list = Record()
        for (number, layout) in layouts.sorted(by: { $0.key < $1.key }) {
            list.add("\(number)", .list(layout.definitions.map { .text($0.name) }))
        }
        var record = Record(["registry": .record(registry), "layouts": .record(list)])
        if !problems.isEmpty { record.add("problems", .list(problems.map { .text($0) })) }
        return record
    }
}
