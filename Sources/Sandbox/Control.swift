internal import HTTPServer

/// The sandbox's own pages, for people and tests (`/_sandbox/…`).
extension Sandbox {
    func control(_ call: Call) -> ServerAnswer {
        let path = call.segments.first == "_sandbox" ? Array(call.segments.dropFirst()) : call.segments
        switch (call.method, path) {
        case ("GET", []): return .html(200, Page.html(world.feed, now: now))
        case ("GET", ["posts"]): return .json(200, .array(world.feed.map(\.value)))
        case ("GET", ["log"]): return .json(200, .array(log.map(\.value)))
        case ("GET", ["faults"]): return .json(200, .array(faults.map(\.value)))
        case ("GET", ["clock"]):
            return .json(200, ["now": .string(now.rfc3339), "fixed": .bool(world.clock.fixed != nil)])
        case ("POST", ["clock"]): return setClock(call)
        case ("POST", ["faults"]): return addFault(call)
        case ("POST", ["quota"]): return setQuota(call)
        case ("POST", ["credit"]), ("POST", ["names"]), ("POST", ["limits"]), ("POST", ["versions"]):
            return setRules(call, path[0])
        case ("GET", let path) where path.count == 2 && path[0] == "media": return picture(path[1])
        case ("DELETE", ["faults"]):
            faults = []
            return ServerAnswer(204)
        case ("POST", ["reset"]):
            world = World()
            shelf.removeAll()
            faults = []
            log = []
            save()
            return ServerAnswer(204)
        default: return .text(404, "The sandbox has no such page.\n")
        }
    }
}

private extension Sandbox {
    /// `{"now": "2026-12-01T09:00:00Z"}`; `null` lets the clock follow the requests again.
    func setClock(_ call: Call) -> ServerAnswer {
        guard let value = Value(json: call.body)?["now"] else { return .text(400, "\"now\" is missing\n") }
        if value == .null {
            world.clock.set(nil)
        } else {
            guard let moment = value.string.flatMap(Moment.init(rfc3339:)) else {
                return .text(400, "\"now\" is not an RFC 3339 time\n")
            }
            world.clock.set(moment)
        }
        save()
        return .json(200, ["now": .string(now.rfc3339)])
    }

    func addFault(_ call: Call) -> ServerAnswer {
        guard let value = Value(json: call.body), let fault = Fault(value, id: nextFaultID()) else {
            let kinds = Fault.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            return .text(400, "A fault is an object with \"fault\" (\(kinds)) and known fields\n")
        }
        faults.append(fault)
        return .json(201, fault.value)
    }

    /// `{"instagram": 50}`: how many posts Instagram allows in a day.
    func setQuota(_ call: Call) -> ServerAnswer {
        guard let total = Value(json: call.body)?["instagram"]?.integer, total >= 0 else {
            return .text(400, "\"instagram\" is not a number\n")
        }
        world.instagram.quotaTotal = total
        save()
        return .json(200, ["instagram": .integer(total)])
    }
}
