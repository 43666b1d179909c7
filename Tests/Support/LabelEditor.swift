package import Bytes
import Codecs
import Devices
import Foundation
import Vdevs

/// Changes the configuration in a device's labels and seals them again, so that only the change is wrong.
package enum LabelEditor {
    /// Applies `change` to the configuration in each of `labels` of the file at `path`.
    package static func edit(
        _ path: String, labels: [Int] = [0, 1, 2, 3], _ change: (inout NVList) -> Void
    ) throws {
        let device = try FileDevice(path: path)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        for index in labels {
            guard let start = LabelPart.labelOffset(index, deviceSize: device.byteCount) else {
                continue
            }
            let place = start + UInt64(LabelPart.config.range.lowerBound)
            let size = LabelPart.config.range.count
            let old = try device.read(at: place, count: size)
            var list = try NVList.decode(old.rawBytes).list
            change(&list)
            var part = try list.encodedXDR(order: .little)
            part += [UInt8](repeating: 0, count: size - part.count)
            try EmbeddedChecksum.seal(
                &part, .label, verifier: EmbeddedChecksum.labelVerifier(offset: place), .little)
            try handle.seek(toOffset: place)
            try handle.write(contentsOf: Data(part))
        }
    }

    /// Gives a list another value of that name.
    package static func set(_ name: String, _ value: NVValue, in list: inout NVList) {
        list.pairs.removeAll { $0.name == name }
        list.pairs.append(NVPair(name, value))
    }
}
