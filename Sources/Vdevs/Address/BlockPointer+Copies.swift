extension BlockPointer {
    /// How many places for copies there are, each of which may be empty; an encrypted pointer keeps salt and IV in the
    /// place of the third.
    @inlinable package var copyLimit: Int {
        if isEmbedded { return 0 }
        return isEncrypted ? 2 : 3
    }

    /// Whether a copy of that index is stored.
    @inlinable package func hasCopy(_ index: Int) -> Bool {
        index < copyLimit && !dva(index).isEmpty
    }
}

extension BlockPointer {
    /// The pointer as it would be if the block were stored at `address` alone.
    package func alone(at address: DVA) -> BlockPointer {
        var single = self
        for word in 0..<copyLimit * 2 { single.words[word] = 0 }
        (single.words[0], single.words[1]) = (address.word0, address.word1)
        return single
    }
}
