package import Bytes
package import Objects

/// The domains that the file system's FUIDs refer to, each usually a Windows SID.
///
/// A packed nvlist in an object of its own. Mirrors `zfs_fuid_table_load` (`module/zfs/zfs_fuid.c`).
package struct FUIDTable: Sendable {
    /// Far more bytes than any table of domain names takes.
    private static let byteLimit: UInt64 = 16 << 20

    private let domains: [UInt64: String]
    /// What is wrong in the nvlist.
    package let problems: [FormatError]

    package static let empty = FUIDTable(domains: [:], problems: [])

    private init(domains: [UInt64: String], problems: [FormatError]) {
        self.domains = domains
        self.problems = problems
    }

    /// Reads the table; the object's bonus says how long it is.
    package init(_ object: DMUObject) throws(ObjectError) {
        let size: UInt64
        do {
            size = try Field("fuid_size", at: 0).read(object.bonus.rawBytes, object.order)
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
        guard size <= Self.byteLimit, let count = Int(exactly: size) else {
            throw ObjectError(object: object.number, .limit("a FUID table of \(size) bytes"))
        }
        guard count > 0 else {
            self = .empty
            return
        }
        let bytes = try object.read(at: 0, count: count)
        let decoding: NVListDecoding
        do {
            decoding = try NVList.decode(bytes.rawBytes)
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
        var domains: [UInt64: String] = [:]
        for entry in decoding.list.lists("fuid_nvlist") ?? [] {
            guard let index = entry.uint64("fuid_idx"), let domain = entry.string("fuid_domain")
            else { continue }
            domains[index] = domain
        }
        self.domains = domains
        problems = decoding.findings.map {
            FormatError("fuid_nvlist", .invalid("has a damaged pair: \($0)"))
        }
    }

    /// The domain of that number.
    package func domain(_ index: UInt32) -> String? { domains[UInt64(index)] }

    /// The number of the domain of that name.
    func index(of domain: String) -> UInt64? { domains.first { $0.value == domain }?.key }

    /// The SID of an identity in a domain, or the number of a POSIX one.
    package func text(_ fuid: FUID) -> String {
        guard !fuid.isPOSIX else { return fuid.description }
        guard let domain = domain(fuid.domainIndex) else { return fuid.description }
        return "\(domain)-\(fuid.identity)"
    }
}
