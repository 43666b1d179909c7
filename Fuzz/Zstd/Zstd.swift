/// libFuzzer's entry: Zstandard frames without magic number, behind ZFS's header.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe tryCodec(.zstd, headerByteCount: 8, bytes, count)
    return 0
}
