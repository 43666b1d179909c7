/// libFuzzer's entry: our own LZJB.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe tryCodec(.lzjb, headerByteCount: 0, bytes, count)
    return 0
}
