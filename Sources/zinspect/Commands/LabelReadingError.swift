import Devices

/// Why a path has no labels to show.
enum LabelReadingError: Error {
    case device(DeviceError)
    /// The device has none, and neither has a partition of it; with what it holds instead.
    case noLabels(DeviceContents)

    func message(for path: String) -> String {
        switch self {
        case .device(let error): "\(error)"
        case .noLabels(let contents):
            "\(path) has no ZFS label, nor has a partition inside it: it holds "
                + contents.description + (contents.advice.map { "; \($0)" } ?? "")
        }
    }
}
