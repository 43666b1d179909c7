import Foundation

/// The Unicode form in which a file system compares names, though it stores them as given.
///
/// The raw values are the `U8_TEXTPREP_*` bits of the master node's `normalization`
/// (`include/sys/u8_textprep.h`).
package struct Normalization: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let none = Normalization(rawValue: 0)
    package static let formD = Normalization(rawValue: 0x10)
    package static let formKD = Normalization(rawValue: 0x20)
    package static let formC = Normalization(rawValue: 0x50)
    package static let formKC = Normalization(rawValue: 0x60)

    /// The bits that say the form; others say the case.
    private static let formMask: UInt64 = 0x70

    /// `text` in this form.
    func apply(to text: String) -> String {
        switch rawValue & Self.formMask {
        case Self.formD.rawValue: text.decomposedStringWithCanonicalMapping
        case Self.formKD.rawValue: text.decomposedStringWithCompatibilityMapping
        case Self.formC.rawValue: text.precomposedStringWithCanonicalMapping
        case Self.formKC.rawValue: text.precomposedStringWithCompatibilityMapping
        default: text
        }
    }
}

extension Normalization: CustomStringConvertible {
    /// The value of the property `normalization`.
    package var description: String {
        switch rawValue & Self.formMask {
        case 0: "none"
        case Self.formD.rawValue: "formD"
        case Self.formKD.rawValue: "formKD"
        case Self.formC.rawValue: "formC"
        case Self.formKC.rawValue: "formKC"
        default: "0x" + String(rawValue, radix: 16)
        }
    }
}
