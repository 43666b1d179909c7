extension DSLDirectory {
    /// Whether the five parts of the bytes used are kept (`DD_FLAG_USED_BREAKDOWN`, version 13).
    package var hasBreakdown: Bool { flags & 1 != 0 }
}
