package import Bytes

extension ErrorScrubState {
    package var record: Record {
        var record = Record()
        record.add("function", .text("\(function)"))
        record.add("state", .text("\(state)"))
        record.add("cursor", .word(cursor))
        record.add("start_time", .time(startTime))
        record.add("end_time", .time(endTime))
        record.add("to_examine", .number(toExamine))
        record.add("examined", .number(examined))
        record.add("errors", .number(errors))
        record.add("paused_flags", .word(pausedFlags))
        return record
    }
}
