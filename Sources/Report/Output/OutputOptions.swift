/// How a command was asked to present what it has to say.
package struct OutputOptions: Sendable {
    /// JSON Lines instead of text.
    package var isJSON: Bool
    /// 0 is the default; each `-v` adds one, `-q` subtracts one.
    package var verbosity: Int
    package var paint: Paint
    /// Whether people look at the output as it comes, so that pictures and progress help.
    package var isTerminal: Bool
    /// The command's name, for the JSON header.
    package var command: String
    /// Name and version of the program, for the JSON header.
    package var tool: String

    package init(
        isJSON: Bool, verbosity: Int, paint: Paint, isTerminal: Bool = false, command: String,
        tool: String
    ) {
        self.isJSON = isJSON
        self.verbosity = verbosity
        self.paint = paint
        self.isTerminal = isTerminal
        self.command = command
        self.tool = tool
    }
}
