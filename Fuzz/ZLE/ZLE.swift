/// libFuzzer's entry: our own zero-length encoding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe tryCodec(.zle, headerByteCount: 0, bytes, count)
    return 0
}
