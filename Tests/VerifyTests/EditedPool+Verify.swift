import Devices
import Files
import Verify

extension EditedPool {
    /// Runs the whole of `verify` over the damaged pool.
    func verify(_ options: VerifyOptions = VerifyOptions(threadCount: 2)) throws -> VerifyResult {
        try Verifier(
            PoolContents(try open()), options, meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
    }
}
