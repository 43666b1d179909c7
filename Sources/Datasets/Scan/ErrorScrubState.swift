package import Bytes

/// The progress of the current or last scrub of known errors (`zpool scrub -e`), an array in the
/// object directory.
///
/// Mirrors `dsl_errorscrub_phys_t` (`include/sys/dsl_scan.h`).
package struct ErrorScrubState: FixedStructure, Hashable {
    /// `dep_func`.
    package var function: ScanFunction
    /// `dep_state`.
    package var state: ScanProgress
    /// `dep_cursor`: where it stands in the error log's ZAP.
    package var cursor: UInt64
    /// `dep_start_time`: when it began, in seconds since 1970.
    package var startTime: UInt64
    /// `dep_end_time`: when it ended, in seconds since 1970.
    package var endTime: UInt64
    /// `dep_to_examine`: blocks there were to look at.
    package var toExamine: UInt64
    /// `dep_examined`: blocks it has looked at.
    package var examined: UInt64
    /// `dep_errors`: blocks that still could not be read.
    package var errors: UInt64
    /// `dep_paused_flags`: not 0: paused.
    package var pausedFlags: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        function = ScanFunction(rawValue: try Layout.function.read(bytes, order))
        state = ScanProgress(rawValue: try Layout.state.read(bytes, order))
        cursor = try Layout.cursor.read(bytes, order)
        startTime = try Layout.startTime.read(bytes, order)
        endTime = try Layout.endTime.read(bytes, order)
        toExamine = try Layout.toExamine.read(bytes, order)
        examined = try Layout.examined.read(bytes, order)
        errors = try Layout.errors.read(bytes, order)
        pausedFlags = try Layout.pausedFlags.read(bytes, order)
    }
}
