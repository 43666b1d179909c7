package import Blocks
package import Bytes

/// Which state of a pool to open, and with what keys.
package struct PoolOptions: Sendable {
    package var state: State
    /// Holds the keys of encrypted datasets, where the user gave any.
    package var decryptor: (any BlockDecryptor)?

    /// Whether blocks that are overwritten while they are read are looked for in the newest state.
    package var followsChanges = true

    package enum State: Sendable, Hashable {
        /// The newest that can be read.
        case newest
        /// As of the uberblock of this txg (`--txg`), or where there is none the newest before it.
        case txg(TransactionGroup)
        /// The checkpointed one (`--checkpoint`).
        case checkpoint
    }

    package init(_ state: State = .newest, decryptor: (any BlockDecryptor)? = nil) {
        self.state = state
        self.decryptor = decryptor
    }
}
