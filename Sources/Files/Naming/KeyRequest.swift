package import Datasets

/// A key that somebody may be asked for.
package struct KeyRequest: Sendable {
    /// The dataset whose key opens the one that is wanted: its encryption root.
    package let dataset: String
    /// The form that the key has; nil where the pool does not tell.
    package let format: KeyFormat?
    /// Why the last answer did not do; nil the first time.
    package let refusal: PoolError?
}
