/// A moment as date and time of day in UTC, worked out without Foundation, since a long listing shows
/// hundreds of thousands of them.
struct CalendarTime {
    let year: Int64
    let month: Int64
    let day: Int64
    /// Seconds since midnight.
    let second: Int64

    /// The calendar's days are counted in eras of 400 years, each of 146,097 days, from 1 March of the year 0.
    init(seconds: Int64) {
        second = seconds % 86_400 < 0 ? seconds % 86_400 + 86_400 : seconds % 86_400
        // Sound: the quotient of any Int64 by 86,400 is far from the limits.
        let days = (seconds - second) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `2026-11-21 00:01:12`.
    var text: String {
        "\(year)-\(Self.two(month))-\(Self.two(day)) "
            + "\(Self.two(second / 3600)):\(Self.two(second / 60 % 60)):\(Self.two(second % 60))"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
