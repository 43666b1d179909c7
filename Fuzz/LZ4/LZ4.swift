/// libFuzzer's entry: LZ4 behind its length, as liblz4 reads it for us.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe tryCodec(.lz4, headerByteCount: 4, bytes, count)
    return 0
}
