import Platforms
import Posts

/// Runs the engine to its end: performs its actions side by side and tells it how each came out.
func drive(
    _ engine: inout Engine, with performer: Performer, clock: any WallClock, stop: StopSignal,
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
            actions = engine.handle(event, at: clock.now)
        }
        stop.finish()
    }
}
