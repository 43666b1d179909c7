extension ScanState {
    /// What kind of scan it is (`pool_scan_func_t`).
    package var functionName: String {
        let names = ["none", "scrub", "resilver", "error scrub"]
        return Int(exactly: function).flatMap { names.indices.contains($0) ? names[$0] : nil }
            ?? "scan function \(function)"
    }

    /// How far it is (`dsl_scan_state_t`).
    package var stateName: String {
        let names = ["none", "scanning", "finished", "canceled", "error scrubbing"]
        return Int(exactly: state).flatMap { names.indices.contains($0) ? names[$0] : nil }
            ?? "scan state \(state)"
    }

    package var isRunning: Bool { state == 1 }
    /// `DSF_SCRUB_PAUSED`.
    package var isPaused: Bool { flags & 2 != 0 }
}
