import ArgumentParser

/// The option of every command that shows files of a pool that was not exported.
struct ReplayFlag: ParsableArguments {
    @Flag(
        name: .customLong("replay"),
        help: """
            Show files as they would be after the replay of the intent log, which holds what programs \
            were promised since the last commit, and tell what was applied. Nothing is written.
            """)
    var isWanted = false
}
