package import Devices

/// What came of reading one of a device's four labels.
package enum LabelOutcome: Sendable, Hashable {
    case read(Label)
    case unreadable(DeviceError)
    /// The device is too small for this label.
    case noRoom

    package var label: Label? { if case .read(let label) = self { label } else { nil } }
}
