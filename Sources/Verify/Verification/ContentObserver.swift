package import Vdevs

/// Somebody to whom one worker shows the contents of metadata.
package protocol ContentObserver: AnyObject {
    /// The contents of a block of metadata of level 0, expanded and in the order that the pointer says. They come later than
    /// the pointer, in another order, and only where nothing is encrypted.
    func inspect(_ contents: RawSpan, of pointer: BlockPointer, at place: BlockPlace)
}
