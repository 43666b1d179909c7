import BenchmarkKernels
import Bytes
import Codecs

/// Fletcher-4 as the project computes it, against the best that C with intrinsics does in the same run.
enum FletcherComparison {
    static func run(_ sizes: [Int]) {
        print("\nfletcher4 against C with intrinsics".padded(28))
        for size in sizes {
            var best: (name: String, speed: Double)?
            for number in 0..<Int32(zi_fletcher4_variants) {
                guard let text = unsafe zi_fletcher4_variant(number) else { continue }
                let speed = measure(size) { block in byHand(number, block) }
                if speed > best?.speed ?? 0 { best = (unsafe String(cString: text), speed) }
            }
            let ours = measure(size) { block in
                (try? ChecksumAlgorithm.fletcher4.compute(block.rawBytes, .little))?.word3 ?? 0
            }
            guard let best else {
                print("  no intrinsics for this processor")
                return
            }
            let percent = Int((ours / best.speed * 100).rounded())
            print("  \(size / 1024) KiB".padded(12) + "\(percent) % of the best (\(best.name))")
        }
    }

    private static func measure(_ size: Int, _ sum: ([UInt8]) -> UInt64) -> Double {
        var block = Sample.bytes(size)
        return Stopwatch.speed(size) { block[0] = UInt8(truncatingIfNeeded: sum(block)) }
    }

    private static func byHand(_ number: Int32, _ block: [UInt8]) -> UInt64 {
        var sums: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe block.withUnsafeBytes { bytes in
            unsafe withUnsafeMutableBytes(of: &sums) { result in
                unsafe zi_fletcher4_by_hand(
                    number, bytes.baseAddress, bytes.count,
                    result.baseAddress?.assumingMemoryBound(to: UInt64.self))
            }
        }
        return sums.3
    }
}
