import Bytes

/// libFuzzer's entry: a packed nvlist as it may stand in a label, an object or a file.
///
/// Whatever was read must pack, and what was packed must read as the same list.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = unsafe FuzzInput(bytes, count).remaining
    guard let decoding = try? NVList.decode(input.rawBytes) else { return 0 }
    for finding in decoding.findings { precondition(!finding.description.isEmpty) }
    _ = decoding.list.record
    guard let packed = try? decoding.list.encodedXDR(order: decoding.order) else { return 0 }
    guard let again = try? NVList.decode(packed.rawBytes) else {
        preconditionFailure("a packed list does not read")
    }
    // Packed forms are compared, since a floating-point value that is no number differs from itself.
    let repacked = try? again.list.encodedXDR(order: again.order)
    precondition(repacked == packed, "the list came back changed")
    precondition(again.byteCount == packed.count)
    return 0
}
