import Bytes
import Objects
import Vdevs

/// libFuzzer's entry: a ZAP of up to three blocks, micro or fat, in either byte order.
///
/// Whatever entries come out must be found again by their keys without a crash, and all of it describes itself.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var input = unsafe FuzzInput(bytes, count)
    guard let object = inputObject(&input, type: .directory), let zap = try? ZAP(object) else {
        return 0
    }
    let (entries, problems) = zap.contents()
    for problem in problems { precondition(!problem.what.isEmpty) }
    for entry in entries.prefix(64) {
        _ = try? zap.lookup(entry.key)
        _ = entry.record
    }
    _ = zap.record
    _ = zap.statistics()
    return 0
}
