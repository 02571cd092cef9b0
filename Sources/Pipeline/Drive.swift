import Platforms
import Posts

/// Runs the engine to its end: performs its actions side by side and tells it how each came out.
func drive(
    _ engine: inout Engine, with performer: Performer, clock: any WallClock, watch: ClockWatch?, stop: StopSignal,
    progress: @Sendable (Event) -> Void
) async {
    await withTaskGroup(of: Event?.self) { group in
        group.addTask { await stop.asked() ? .stop : nil }
        var actions = engine.start(at: clock.now)
        while true {
            for action in actions { group.addTask { await performer.perform(action) } }
            if engine.isDone, actions.isEmpty { break }
            guard let event = await group.next() else { break }
            guard let event else {
                actions = []
                continue
            }
            progress(event)
            // First, so that nothing is sent by what the answer with the wrong time would allow.
            if let complaint = watch?.takeComplaint() {
                actions = engine.handle(.clockIsOff(complaint), at: clock.now)
            } else {
                actions = []
            }
            actions += engine.handle(event, at: clock.now)
        }
        stop.finish()
    }
}
