/// libFuzzer's entry: zlib streams.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe tryCodec(.gzip9, headerByteCount: 0, bytes, count)
    return 0
}
