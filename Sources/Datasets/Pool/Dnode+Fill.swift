package import Objects
import Vdevs

extension Dnode {
    /// How many blocks of data its tree holds, or for a meta dnode how many dnodes (`doi_fill_count`).
    package var fill: UInt64 {
        var fill: UInt64 = 0
        for index in 0..<Int(pointerCount) {
            let pointer = pointer(index)
            if !pointer.isHole || pointer.isEmbedded { fill.addClamped(pointer.fill) }
        }
        return fill
    }
}
