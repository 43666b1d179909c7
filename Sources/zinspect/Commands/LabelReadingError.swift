import Devices
import Vdevs

/// Why a path has no labels to show.
enum LabelReadingError: Error {
    case device(DeviceError)
    case noLabels(LabelSet)

    func message(for path: String) -> String {
        switch self {
        case .device(let error): "\(error)"
        case .noLabels(let labels):
            "\(path): "
                + (labels.labels.isEmpty && labels.deviceSize < 4 * 262_144
                    ? "too small for a ZFS label: \(labels.deviceSize) bytes"
                    : "no ZFS label on it, nor on a partition inside it")
        }
    }
}
