import Bytes
package import Verify

/// What `owner` shows: for each piece of space its state, and who owns it.
package struct OwnerReport {
    private let output: Output

    package init(_ output: Output) { self.output = output }

    package func show(_ answer: SpaceAnswer) {
        guard !output.options.isJSON else {
            output.section(Section(type: "space", title: "", .record(answer.record)))
            return
        }
        let range = answer.range
        let start = range.bytes.lowerBound
        var facts = [answer.state]
        if !answer.metaslabs.isEmpty {
            facts.append("metaslab " + answer.metaslabs.map(String.init).joined(separator: ", "))
        }
        if !answer.maps.isEmpty {
            facts.append("space map " + answer.maps.map(String.init).joined(separator: ", "))
        }
        var lines = [
            output.options.paint(
                "\(range.vdev):\(String(start, radix: 16)):\(String(answer.size, radix: 16))",
                .title)
                + " (\(Units.size(answer.size))): " + facts.joined(separator: ", ")
        ]
        for moved in answer.movedTo {
            let place = moved.bytes
            lines.append(
                "    its vdev was removed; it lies at \(moved.vdev):\(String(place.lowerBound, radix: 16)):"
                    + String(place.upperBound - place.lowerBound, radix: 16))
        }
        lines += ownerLines(answer.owners)
        output.lines(lines)
    }

    /// Shows who owns what lies in a piece of a device.
    ///
    /// `part` names what every device has there instead, such as a label.
    package func show(
        _ owners: [BlockOwner], of range: DeviceRange, on device: String, part: String?
    ) {
        guard !output.options.isJSON else {
            var record = Record([
                "device": .text(device), "device_offset": .offset(range.bytes.lowerBound),
                "device_size": .bytes(range.bytes.upperBound - range.bytes.lowerBound),
            ])
            record.add("part", part.map { .text($0) })
            record.add("owners", .list(owners.map { .record($0.record) }))
            output.section(Section(type: "space", title: "", .record(record)))
            return
        }
        let place = range.bytes
        output.lines(
            [
                output.options.paint(device, .title)
                    + ", \(Units.size(place.upperBound - place.lowerBound)) at \(Units.hexadecimal(place.lowerBound)):"
            ] + (part.map { ["    \($0)"] } ?? ownerLines(owners)))
    }

    private func ownerLines(_ owners: [BlockOwner]) -> [String] {
        guard !owners.isEmpty else { return ["    nobody owns it"] }
        return owners.map { owner in
            var line = "    \(owner.text)"
            if let contents = owner.contents {
                line += ", bytes \(contents.lowerBound) to \(contents.upperBound)"
            }
            if let birth = owner.birth { line += ", born in txg \(birth)" }
            let bytes = owner.range.bytes
            line +=
                ", at \(owner.range.vdev):\(String(bytes.lowerBound, radix: 16)):"
                + String(bytes.upperBound - bytes.lowerBound, radix: 16)
            return line.printable
        }
    }
}
