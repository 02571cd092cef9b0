import Glibc

/// What one run of something cost.
struct Cost {
    /// Milliseconds on the clock.
    var wall: Double
    /// Milliseconds of all threads, in the program and in the kernel for it.
    var cpu: Double
}

/// Runs each of them in turn, so that a busy moment of the machine strikes all alike; medians of the rounds.
func measure(_ rounds: Int, _ subjects: [(name: String, run: () async throws -> Void)]) async throws -> [Cost] {
    var costs = subjects.map { _ in [Cost]() }
    // The first round fills the caches and does not count.
    for round in 0...rounds {
        for (index, subject) in subjects.enumerated() {
            let (clock, start, cpu) = (ContinuousClock(), ContinuousClock.now, usedCPU())
            try await subject.run()
            let wall = (clock.now - start) / .milliseconds(1)
            if round > 0 { costs[index].append(Cost(wall: wall, cpu: usedCPU() - cpu)) }
        }
    }
    return costs.map { Cost(wall: median($0.map(\.wall)), cpu: median($0.map(\.cpu))) }
}

/// Milliseconds of all threads, and of programs that were started and have ended.
private func usedCPU() -> Double {
    [RUSAGE_SELF, RUSAGE_CHILDREN].reduce(0) { sum, whose in
        var usage = rusage()
        getrusage(whose.rawValue, &usage)
        return sum + milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
    }
}

private func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1000 + Double(time.tv_usec) / 1000 }

private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
}

/// The name of a row.
func label(_ name: String) -> String { name + String(repeating: " ", count: max(0, 18 - name.count)) }

/// Two decimals, right in a column.
func column(_ value: Double, _ width: Int = 10) -> String {
    let hundredths = Int((value * 100).rounded())
    let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    return String(repeating: " ", count: max(0, width - text.count)) + text
}
