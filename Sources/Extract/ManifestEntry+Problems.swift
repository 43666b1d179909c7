import Devices
import Foundation

extension ManifestEntry {
    /// The most problems that are kept of one file.
    private static let problemLimit = 20
    /// Longer values of attributes are not kept in the manifest, which names them all the same.
    private static let attributeLimit = 64 << 10

    /// Adds a sentence; with a loss the copy is not complete.
    mutating func note(_ problem: String, isLoss: Bool = false) {
        if isLoss, state == .complete { state = .incomplete }
        guard problems?.count ?? 0 < Self.problemLimit else { return }
        problems = (problems ?? []) + [problem]
    }

    /// Whether the copy has another name than its original, not only another place.
    var isRenamed: Bool {
        guard let written, kind != "volume", kind != "directory" || path != "/" else {
            return false
        }
        return written.split(separator: "/").last != path.split(separator: "/").last
    }

    /// There is no copy, because of the pool.
    mutating func fail(_ problem: String) {
        note(problem)
        state = .failed
    }

    /// There is no copy, because of the target.
    mutating func refuse(_ problem: String) {
        note(problem)
        state = .refused
    }

    /// Keeps what the copy could not be given.
    mutating func note(_ refusals: [OutputRefusal]) {
        for refusal in refusals {
            switch refusal {
            case .owner: notSet = (notSet ?? []) + ["owner"]
            case .permissions: notSet = (notSet ?? []) + ["mode"]
            case .times: notSet = (notSet ?? []) + ["times"]
            case .attribute(let attribute): keep(attribute)
            }
        }
    }

    private mutating func keep(_ attribute: OutputMetadata.Attribute) {
        let name = String(decoding: attribute.name, as: UTF8.self)
        notSet = (notSet ?? []) + ["xattr \(name)"]
        guard attribute.value.count <= Self.attributeLimit else { return }
        keptAttributes = keptAttributes ?? [:]
        keptAttributes?[name] = Data(attribute.value).base64EncodedString()
    }
}
