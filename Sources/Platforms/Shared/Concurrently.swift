import Posts

/// Does the same for each item, at most `limit` at a time; answers in the order of the items.
/// All are waited for; the failure thrown is that of the first item in order that failed.
func concurrently<Item: Sendable, Output: Sendable>(
    _ items: [Item], limit: Int = 4,
    _ work: @Sendable @escaping (Item) async throws(PlatformFailure) -> Output
) async throws(PlatformFailure) -> [Output] {
    typealias Outcome = Result<Output, PlatformFailure>
    @Sendable func outcome(_ item: Item) async -> Outcome {
        do { return .success(try await work(item)) } catch { return .failure(error) }
    }
    let outcomes = await withTaskGroup(of: (Int, Outcome).self) { group in
        var outcomes: [Int: Outcome] = [:]
        for (index, item) in items.enumerated() {
            if index >= limit, let (done, result) = await group.next() { outcomes[done] = result }
            group.addTask { (index, await outcome(item)) }
        }
        for await (done, result) in group { outcomes[done] = result }
        return outcomes
    }
    var answers: [Output] = []
    for index in items.indices {
        guard let outcome = outcomes[index] else { continue }
        answers.append(try outcome.get())
    }
    return answers
}
