import Bytes
import Objects
import Vdevs

/// libFuzzer's entry: a space map of up to three blocks, its header from the input too.
///
/// Every entry that comes out must have a run, and one that fits its kind of word.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var input = unsafe FuzzInput(bytes, count)
    guard let object = inputObject(&input, type: .spaceMap, bonusSize: 24),
        let map = try? SpaceMap(object)
    else { return 0 }
    let problems = map.forEachEntry { entry in
        precondition(entry.run > 0 && (1...2).contains(entry.wordCount))
        _ = entry.range(start: 0, shift: 12)
        _ = entry.record
    }
    for problem in problems { precondition(!problem.what.isEmpty) }
    _ = map.header.record
    return 0
}
