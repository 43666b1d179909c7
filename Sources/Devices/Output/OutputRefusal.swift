/// Something that a copy does not bear though the original did, since the target or the user's rights do not
/// allow it.
package enum OutputRefusal: Sendable, Hashable {
    case owner
    case permissions
    case times
    case attribute(OutputMetadata.Attribute)
}
