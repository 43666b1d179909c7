/// Checks of system attributes, files, directories, volumes and accounting (SA, ZP, ZV, UA).
enum FileChecks {
    static let all: [any Check] = [FilesystemCheck()]
}
